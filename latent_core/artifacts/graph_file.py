"""What an ONNX file holds, read without running it: operators, inputs and outputs, and whether its weights are finite.

Serving has no onnx package, and onnxruntime says nothing before it has opened a file. So this reads the few fields of
the format's protocol buffers (github.com/onnx/onnx, onnx.proto3) that matter here; weights are looked at in place.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

# Field numbers of onnx.proto3, by message.
MODEL_GRAPH, MODEL_FUNCTIONS = 7, 25
GRAPH_NODE, GRAPH_INITIALISER, GRAPH_INPUT, GRAPH_OUTPUT, GRAPH_SPARSE = 1, 5, 11, 12, 15
NODE_OPERATOR, NODE_ATTRIBUTE, NODE_DOMAIN = 4, 5, 7
ATTRIBUTE_TENSOR, ATTRIBUTE_GRAPH, ATTRIBUTE_TENSORS, ATTRIBUTE_GRAPHS = 5, 6, 10, 11
TENSOR_DIMS, TENSOR_KIND, TENSOR_FLOATS, TENSOR_NAME, TENSOR_RAW, TENSOR_DOUBLES = 1, 2, 4, 8, 9, 10
TENSOR_EXTERNAL, TENSOR_LOCATION = 13, 14
VALUE_NAME, VALUE_TYPE, TYPE_TENSOR, TENSOR_TYPE_SHAPE, SHAPE_DIM, DIM_VALUE = 1, 2, 1, 2, 1, 1

FLOAT, HALF, DOUBLE, BRAIN = 1, 10, 11, 16
EXPONENTS = {
    FLOAT: ("<u4", 0x7F800000),
    HALF: ("<u2", 0x7C00),
    DOUBLE: ("<u8", 0x7FF0000000000000),
    BRAIN: ("<u2", 0x7F80),
}
"""Kinds of tensors that hold real numbers: how their bits are read, and those of the exponent, all of which are set in
what is infinite or no number."""
MOST_NODES = 2_000
"""The longest graph that ships has 35."""
# fmt: off
OPERATORS = frozenset((
    "Abs", "Add", "And", "ArgMax", "ArgMin", "AveragePool", "BatchNormalization", "Cast", "Ceil", "Clip", "Concat",
    "Constant", "Conv", "ConvTranspose", "Cos", "CumSum", "Div", "Einsum", "Elu", "Equal", "Erf", "Exp", "Expand",
    "Flatten", "Floor", "Gather", "GatherElements", "GatherND", "Gelu", "Gemm", "GlobalAveragePool", "Greater",
    "GreaterOrEqual", "GroupNormalization", "HardSigmoid", "HardSwish", "Identity", "InstanceNormalization",
    "LayerNormalization", "LeakyRelu", "Less", "LessOrEqual", "Log", "LogSoftmax", "MatMul", "Max", "MaxPool", "Mean",
    "Min", "Mish", "Mul", "Neg", "Not", "Or", "PRelu", "Pad", "Pow", "Reciprocal", "ReduceMax", "ReduceMean",
    "ReduceMin", "ReduceSum", "Relu", "Reshape", "Round", "Selu", "Shape", "Sigmoid", "Sign", "Sin", "Slice", "Softmax",
    "Softplus", "Softsign", "Split", "Sqrt", "Squeeze", "Sub", "Sum", "Tanh", "TopK", "Transpose", "Unsqueeze", "Where",
))
# fmt: on
"""What a model's graph may do. None holds a graph of its own (If, Loop, Scan), so what is made of them ends; none but
Expand and Pad, which exported networks need, makes an array of a size that is only a number in the file
(ConstantOfShape, Range, Tile, Resize, OneHot); none reads files or draws by chance."""


class BadGraph(ValueError):
    """A graph that is not run; the message goes on after a name: "has the operator Loop"."""


@dataclass
class GraphFacts:
    """Inputs and outputs with their sizes, None where one is free; nodes counts them."""

    inputs: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    outputs: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    nodes: int = 0


Sizes = Mapping[str, tuple[int | None, ...]]


def check_graph(content: bytes, inputs: Sizes, outputs: Sizes) -> None:
    """Refuses what is no graph with these inputs and outputs, or one that is not run.

    Args:
        inputs, outputs: names with sizes; None is any.

    Raises:
        BadGraph: the message says why.
    """
    facts = read_graph(content)
    for what, wanted, found in (("takes", inputs, facts.inputs), ("gives", outputs, facts.outputs)):
        if set(found) != set(wanted):
            raise BadGraph(f"{what} {', '.join(sorted(found)) or 'nothing'}, where {', '.join(wanted)} belong")
        for name, sizes in wanted.items():
            fits = len(found[name]) in (len(sizes), 0) and all(
                have is None or want in (None, have) for want, have in zip(sizes, found[name], strict=False)
            )
            if not fits:
                raise BadGraph(f"{what} {name} of sizes {_spelled(found[name])}, where {_spelled(sizes)} belong")


def read_graph(content: bytes) -> GraphFacts:
    """The facts of an ONNX file.

    Raises:
        BadGraph: it is none; or it has an operator that is not run, weights in another file or that are not finite.
    """
    facts = GraphFacts()
    try:
        parts = [(number, value) for number, value in _fields(memoryview(content))]
        graphs = [value for number, value in parts if number == MODEL_GRAPH]
        if any(number == MODEL_FUNCTIONS for number, _ in parts):
            raise BadGraph("defines operators of its own, which are not run")
        if len(graphs) != 1:
            raise BadGraph("is not an ONNX graph")
        for number, value in _fields(_bytes(graphs[0])):
            if number == GRAPH_NODE:
                facts.nodes += 1
                _check_node(_bytes(value))
            elif number == GRAPH_INITIALISER:
                _check_tensor(_bytes(value))
            elif number == GRAPH_SPARSE:
                raise BadGraph("has sparse weights, which are not read")
            elif number in (GRAPH_INPUT, GRAPH_OUTPUT):
                name, sizes = _value(_bytes(value))
                (facts.inputs if number == GRAPH_INPUT else facts.outputs)[name] = sizes
    except (IndexError, struct.error, UnicodeDecodeError, _NotProto) as error:
        raise BadGraph("is not an ONNX graph") from error
    if facts.nodes > MOST_NODES:
        raise BadGraph(f"has {facts.nodes} steps, more than {MOST_NODES}")
    return facts


def _check_node(node: memoryview) -> None:
    operator = domain = ""
    tensors = []
    for number, value in _fields(node):
        if number == NODE_OPERATOR:
            operator = str(_bytes(value), "utf-8")
        elif number == NODE_DOMAIN:
            domain = str(_bytes(value), "utf-8")
        elif number == NODE_ATTRIBUTE:
            for inner, held in _fields(_bytes(value)):
                if inner in (ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS):
                    raise BadGraph(f"has the operator {operator[:30]!r} with a graph inside, which is not run")
                if inner in (ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS):
                    tensors.append(_bytes(held))
    if domain not in ("", "ai.onnx") or operator not in OPERATORS:
        raise BadGraph(f"has the operator {operator[:30]!r}, which is not run")
    for tensor in tensors:
        _check_tensor(tensor)


def _check_tensor(tensor: memoryview) -> None:
    kind, name = 0, ""
    parts: list[tuple[int, memoryview]] = []  # kind, bytes
    for number, value in _fields(tensor):
        if number == TENSOR_KIND and isinstance(value, int):
            kind = value
        elif number == TENSOR_NAME:
            name = str(_bytes(value), "utf-8")
        elif number == TENSOR_RAW:
            parts.append((0, _bytes(value)))
        elif number == TENSOR_FLOATS:
            parts.append((FLOAT, _bytes(value)))
        elif number == TENSOR_DOUBLES:
            parts.append((DOUBLE, _bytes(value)))
        elif number == TENSOR_EXTERNAL or (number == TENSOR_LOCATION and value == 1):
            raise BadGraph("has weights in another file, which is not read")
    for known, held in parts:
        if _odd(known or kind, held):
            raise BadGraph(f"has weights that are not numbers ({name[:40]})")


def _odd(kind: int, held: memoryview) -> bool:
    """Whether real numbers are among these bytes that are none; a single one may be infinite, as limits are."""
    if kind not in EXPONENTS:
        return False
    width, exponent = EXPONENTS[kind]
    size = np.dtype(width).itemsize
    bits = np.frombuffer(held[: len(held) // size * size], width)
    top = bits & exponent == exponent  # infinite or no number
    if not top.any():
        return False
    return len(bits) > 1 or bool((bits & ~np.array(exponent | 1 << size * 8 - 1, width)).any())


def _value(info: memoryview) -> tuple[str, tuple[int | None, ...]]:
    """Name and sizes of an input or output; a free size is None."""
    name, sizes = "", []
    for number, value in _fields(info):
        if number == VALUE_NAME:
            name = str(_bytes(value), "utf-8")
        elif number == VALUE_TYPE:
            for shape in _within(_bytes(value), TYPE_TENSOR, TENSOR_TYPE_SHAPE):
                for dim in _within(shape, SHAPE_DIM):
                    known = [held for inner, held in _fields(dim) if inner == DIM_VALUE and isinstance(held, int)]
                    sizes.append(known[0] if known else None)
    return name, tuple(sizes)


def _within(message: memoryview, *path: int) -> Iterator[memoryview]:
    """The messages at a path of field numbers."""
    for number, value in _fields(message):
        if number == path[0]:
            if len(path) == 1:
                yield _bytes(value)
            else:
                yield from _within(_bytes(value), *path[1:])


class _NotProto(ValueError):
    """These bytes are no protocol buffer."""


def _bytes(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise _NotProto
    return value


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Field number and value of each field: a number, or the bytes of all that is longer."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = _varint(message, at)
            yield number, value
            continue
        if wire == 1 or wire == 5:
            size = 8 if wire == 1 else 4
        elif wire == 2:
            size, at = _varint(message, at)
        else:
            raise _NotProto
        if at + size > len(message):
            raise _NotProto
        held = message[at : at + size]
        at += size
        yield number, held


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise _NotProto


def _spelled(sizes: tuple[int | None, ...]) -> str:
    return " x ".join("any" if size is None else str(size) for size in sizes) or "one number"
