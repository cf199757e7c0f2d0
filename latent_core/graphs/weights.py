"""Reads weights back out of an exported graph, which is the only place where they ship."""

import numpy as np

INNER = "inner_"
"""Begins the name of every value of a graph that is neither input nor output; the module's own name follows."""
HALF = "_half"
"""Ends the name of a weight that is stored in 16 bits, for the Cast behind it to widen."""


def weights(held: bytes) -> dict[str, np.ndarray]:
    """float32 weights and buffers of a graph by the names they had in torch, such as "decoder.one.weight".

    A weight that the exporter folded into another form (transposed, say) is not under its name. Needs onnx.
    """
    import onnx
    from onnx import numpy_helper

    return {
        initialiser.name.removeprefix(INNER).removesuffix(HALF): numpy_helper.to_array(initialiser).astype(np.float32)
        for initialiser in onnx.load_from_string(held).graph.initializer
        if initialiser.data_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)
    }
