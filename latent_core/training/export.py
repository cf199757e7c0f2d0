"""Torch networks to ONNX files, each compared with torch before its bytes are handed on."""

import warnings
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.export import Dim

from latent_core.blends._helpers import mix_pictures
from latent_core.graphs.weights import HALF, INNER, weights
from latent_core.training.networks import Autoencoder, Decoder, Shape, build

TOLERANCE = 1e-3
"""Largest difference between torch and onnxruntime that is accepted: grey values 0..1, latent units, or a thousandth of
what is larger."""
SMALL = 256
"""Initialisers with fewer numbers stay 32 bits wide."""
MIXES = ("mix_first", "mix_second", "mix_logits", "mix_pixels")


class EncoderGraph(nn.Module):
    """pictures (n, channels, height, width), 0..1, to mean and spread (n, latent)."""

    def __init__(self, model: Autoencoder) -> None:
        super().__init__()
        self.encoder = model.encoder

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        q = self.encoder(pictures)
        return q.mean, q.spread()


class DecoderGraph(nn.Module):
    """Latents to pictures, with room to average on the way: in either hidden layer, in log-odds or in pixels."""

    def __init__(self, decoder: Decoder, ground: Sequence[float] = ()) -> None:
        super().__init__()
        self.decoder = decoder
        self.ground = (
            torch.tensor(ground).repeat_interleave(decoder.shape[1] * decoder.shape[2]) if any(ground) else None
        )

    def forward(
        self,
        z: Tensor,
        keep: Tensor,
        mix_first: Tensor,
        mix_second: Tensor,
        mix_logits: Tensor,
        mix_pixels: Tensor,
        stretch: Tensor,
    ) -> Tensor:
        """Pictures (m, channels, height, width), 0..1.

        y = mix_pixels p, with p the pixels after all earlier mixing; then y (1 + stretch (top / max y - 1)) with
        top = mix_pixels max p: the average gets back the contrast of its ingredients. One ingredient stays itself. On
        another ground than black, p and y are how far pixels are from it, with a sign, and max is of how far.

        Args:
            z: (rows, latent).
            keep: (latent,) factor of each dimension; 1 uses it, 0 drops it.
            mix_first: (r1, rows) weights over the rows, as the others: (r2, r1), (r3, r2), (m, r3).
            stretch: () 0..1, how much of the contrast comes back.
        """
        first = mix_first @ self.decoder.first(z * keep)
        second = mix_second @ self.decoder.second(first)
        pixels = self.decoder.pixels(mix_logits @ self.decoder.logits(second))
        if self.ground is None:
            mixed = mix_pixels @ pixels
            top = mix_pixels @ pixels.amax(1, keepdim=True)
            mixed = mixed * (1 + stretch * (top / mixed.amax(1, keepdim=True).clamp_min(1e-6) - 1))
        else:
            mixed = mix_pictures(pixels, mix_pixels, stretch, self.ground)
        channels, height, width = self.decoder.shape
        return mixed.clamp(0, 1).reshape(-1, channels, height, width)


def encoder(model: Autoencoder, shape: tuple[int, int, int]) -> bytes:
    """encoder.onnx."""
    return graph(EncoderGraph(model), (_some(shape),), ("pictures",), ("mean", "spread"), ({0: Dim("n")},))


def decoder(model: Autoencoder, latent: int, ground: Sequence[float] = ()) -> bytes:
    """decoder.onnx; ground is the colour behind what is drawn, 0..1 for each channel, () for black."""
    inputs = example(latent)
    rows, r1, r2, r3, m = (Dim(name) for name in ("rows", "r1", "r2", "r3", "m"))
    dims = ({0: rows}, None, {0: r1, 1: rows}, {0: r2, 1: r1}, {0: r3, 1: r2}, {0: m, 1: r3}, None)
    return graph(DecoderGraph(model.decoder, ground), inputs, ("z", "keep", *MIXES, "stretch"), ("pictures",), dims)


def averages_at(graph: bytes) -> list[int]:
    """The depths at which a decoder.onnx can average: 0, its latents, and one for each of the mixes that it takes."""
    taken = {one.name for one in onnx.load_from_string(graph).graph.input}
    return [0, *(depth for depth, name in enumerate(MIXES, 1) if name in taken)]


def halve(model: nn.Module) -> None:
    """Rounds all parameters, in place, to 16 bits: the graphs hold these, so whatever is measured must use them too."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.half())


def restore(network: str, fields: dict[str, Any], shape: Shape, latent: int, graphs: Sequence[bytes]) -> Autoencoder:
    """The trained networks behind an encoder.onnx and a decoder.onnx, bit for bit.

    Args:
        network, fields: the card's `network` entry.
        graphs: both files, in any order.

    Raises:
        ValueError: a parameter is in neither graph, or has another size there.
    """
    model = build(network, fields, shape, latent)
    held = {name: torch.from_numpy(value) for graph in graphs for name, value in weights(graph).items()}
    names: dict[int, list[str]] = {}
    for name, parameter in model.named_parameters(remove_duplicate=False):  # networks may share one under two names
        names.setdefault(id(parameter), []).append(name)
    found = [next((name for name in known if name in held), None) for known in names.values()]
    if None in found:
        raise ValueError(f"these graphs hold no {[*names.values()][found.index(None)][0]}: they are of another network")
    try:
        model.load_state_dict({name: held[name] for name in found if name}, strict=False)
    except RuntimeError as error:
        raise ValueError(f"these graphs are of another network: {error}") from error
    return model.eval()


def classifier(model: nn.Module, shape: tuple[int, ...], takes: str = "pictures") -> bytes:
    """classifier.onnx and its like: what it takes, n of that shape, to probabilities (n, classes)."""
    return graph(model, (_some(shape),), (takes,), ("probabilities",), ({0: Dim("n")},))


def _some(shape: tuple[int, ...]) -> Tensor:
    return torch.rand(3, *shape, generator=torch.Generator().manual_seed(0))


def judge(bits: nn.Module, shape: tuple[int, int, int]) -> bytes:
    """judge.onnx or guide.onnx."""
    return graph(bits, (_some(shape),), ("pictures",), ("bits",), ({0: Dim("n")},))


def example(latent: int, seed: int = 0) -> tuple[Tensor, ...]:
    """Random decoder inputs with five different row counts: z, keep, four mixes with rows of sum 1, stretch."""
    make = torch.Generator().manual_seed(seed)
    sizes = (7, 6, 5, 4, 3)
    mixes = [torch.rand(after, before, generator=make) + 0.1 for before, after in pairwise(sizes)]
    z = torch.randn(sizes[0], latent, generator=make)
    return (z, torch.ones(latent), *(mix / mix.sum(1, keepdim=True) for mix in mixes), torch.tensor(0.5))


def graph(
    module: nn.Module, inputs: tuple[Tensor, ...], names: Sequence[str], outputs: Sequence[str], dims: tuple[Any, ...]
) -> bytes:  # fmt: skip
    """The bytes of a network whose weights are stored in 16 bits, after a comparison with torch.

    What is compared has the weights as they were trained: whoever rounds them first (`halve`) has the graph itself
    compared, and whoever does not measures what rounding does, on the finished graph.

    Inputs are exported under other names and renamed, as the exporter may give an inner value an input's name.

    Raises:
        ValueError: the graph and torch differ by more than TOLERANCE, or weights are too large for 16 bits.
    """
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter says that equal sizes share one name, which is the intention
        program = torch.onnx.export(
            module.eval(), inputs, input_names=[f"given_{name}" for name in names],
            output_names=[f"result_{name}" for name in outputs], dynamic_shapes=dims, dynamo=True, verbose=False,
        )  # fmt: skip
        expected = module(*inputs)
    assert program is not None
    model = program.model_proto
    ours = {f"given_{name}": name for name in names} | {f"result_{name}": name for name in outputs}
    _tidy(model, ours)
    given = {name: value.numpy() for name, value in zip(names, inputs, strict=True)}
    got = session(model.SerializeToString()).run(None, given)
    for name, want, have in zip(outputs, expected if isinstance(expected, tuple) else (expected,), got, strict=True):
        worst = float((np.abs(want.numpy() - have) / np.maximum(1, np.abs(want.numpy()))).max())
        if not worst <= TOLERANCE:
            raise ValueError(f"the graph's {name} differs from torch by {worst:.1e}, more than {TOLERANCE:.0e}")
    _halve(model)
    held: bytes = model.SerializeToString(deterministic=True)
    if not all(np.isfinite(one).all() for one in session(held).run(None, given)):
        raise ValueError(
            f"{' and '.join(outputs)} are no numbers with weights of 16 bits: train again, with other settings"
        )
    return held


def session(held: bytes) -> onnxruntime.InferenceSession:
    """An onnxruntime session on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(held, options, providers=["CPUExecutionProvider"])


def run(held: bytes, pictures: np.ndarray, batch: int = 500) -> list[np.ndarray]:
    """All outputs of an encoder or classifier for pictures (n, channels, height, width), in batches."""
    open_session, starts = session(held), range(0, len(pictures), batch)
    parts = [open_session.run(None, {"pictures": pictures[i : i + batch]}) for i in starts]
    return [np.concatenate(outputs) for outputs in zip(*parts, strict=True)]


def decode(held: bytes, z: np.ndarray, batch: int = 500) -> np.ndarray:
    """Pictures (n, channels, height, width), 0..1, of latents (n, latent): a decoder with nothing mixed."""
    open_session, parts = session(held), []
    for i in range(0, len(z), batch):
        some = z[i : i + batch].astype(np.float32)
        mixes = dict.fromkeys(MIXES, np.eye(len(some), dtype=np.float32))
        plain = {"z": some, "keep": np.ones(z.shape[1], np.float32), **mixes, "stretch": np.array(0, np.float32)}
        parts.append(open_session.run(None, plain)[0])
    return np.concatenate(parts)


def _tidy(model: onnx.ModelProto, ours: dict[str, str]) -> None:
    """Renames values and drops what tells about the machine that exported (source lines, stack traces)."""

    def rename(value: str) -> str:
        return ours.get(value, f"{INNER}{value}" if value else value)

    net = model.graph
    del model.metadata_props[:], net.metadata_props[:], net.value_info[:]
    for node in net.node:
        del node.metadata_props[:]
        node.doc_string = ""
        node.input[:], node.output[:] = map(rename, node.input), map(rename, node.output)
    for held in (*net.input, *net.output, *net.initializer):
        held.name = rename(held.name)
        del held.metadata_props[:]


def _halve(model: onnx.ModelProto) -> None:
    """Stores large 32-bit initialisers in 16 bits, each followed by a Cast: half the download, the same arithmetic."""
    net, casts, kept = model.graph, [], []
    for held in net.initializer:
        values = numpy_helper.to_array(held)
        if held.data_type != TensorProto.FLOAT or values.size < SMALL:
            kept.append(held)
            continue
        with np.errstate(over="ignore"):  # whoever calls this looks for infinities
            kept.append(numpy_helper.from_array(values.astype(np.float16), f"{held.name}{HALF}"))
        casts.append(helper.make_node("Cast", [f"{held.name}{HALF}"], [held.name], to=TensorProto.FLOAT))
    nodes = list(net.node)
    del net.initializer[:], net.node[:]
    net.initializer.extend(kept)
    net.node.extend([*casts, *nodes])
