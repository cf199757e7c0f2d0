"""The room of blending methods: one torch function a file, exported to ONNX for browser and Python alike.

A method's file has TITLE and MEANING (what people read), ORDER (place in the list; the lowest is the default),
USES_DEPTH, and a function `blend(weights, theta, noise, mean, std, depth) -> Plan`; it may have `finish(pictures,
weights)`, which makes one picture of the classes decoded on their own, and MEANS. Importing this package imports no
torch: serving reads web/graphs/index.json, which `export_all` writes.
"""

from pathlib import Path

from latent_core.blends.catalogue import Method, graphs_folder, methods

__all__ = ["Method", "export_all", "graphs_folder", "methods"]


def export_all(folder: Path | None = None) -> list[Path]:
    """Writes every blend graph, the helper graphs and index.json; needs torch and onnxscript (the workshop)."""
    from latent_core.blends.exporting import export_graphs

    return export_graphs(folder or graphs_folder())
