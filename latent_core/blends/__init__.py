"""The room of blending methods: one torch function a file, exported to ONNX for browser and Python alike.

A method's file has TITLE and MEANING (what people read), ORDER (place in the list; the lowest is the default),
USES_DEPTH, and a function `blend(weights, theta, noise, mean, std, depth) -> Plan`; it may have `finish(pictures,
weights)`, which makes one picture of the classes decoded on their own, MEANS, and LATENT, the only kind of latent that
it is for; for "codes", `blend` takes `code` as well. Importing this package imports no
torch: serving reads the index of the shared graphs, which `python -m latent_core graphs` writes.
"""

from latent_core.blends._catalogue import Method, every, methods, named

__all__ = ["Method", "every", "methods", "named"]
