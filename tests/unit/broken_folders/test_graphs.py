"""Graphs are read before they are run."""

from pathlib import Path

import numpy as np
import pytest

from latent_core.artifacts import BrokenFolder, layout, open_model_card
from latent_core.artifacts.graph_file import BadGraph, read_graph
from latent_core.models.model import Model
from tests.harness.serving import ROOT
from tests.unit import folders


def test_a_model_of_finite_weights_that_makes_no_numbers_is_a_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    zeros = folders.NODE("Sub", ["light", "light"], ["zeros"])
    never = folders.NODE("Div", ["zeros", "zeros"], ["never"])
    content = folders.decoder(more=(zeros, never), light="never")
    folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, content)
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    with pytest.raises(BrokenFolder, match="tiny/elbo-2 makes a picture of values that are not numbers"):
        Model("tiny/elbo-2").blend({"a": 1}, method="averaging_depth")


def test_graphs_that_ship_are_run_and_nothing_else_is_in_them() -> None:
    for slug in ("mnist/mmd-20", "olivetti/linear-50"):
        for file in open_model_card(slug).files:
            if file.endswith(".onnx"):
                assert read_graph((ROOT / "models" / slug / file).read_bytes()).nodes < 100


@pytest.mark.parametrize("seed", range(8))
def test_a_graph_with_flipped_bits_is_read_or_refused(seed: int) -> None:
    whole, random = folders.decoder(), np.random.default_rng(seed)
    for _ in range(100):
        hurt = bytearray(whole)
        for at in random.integers(0, len(whole), 3):
            hurt[at] ^= 1 << int(random.integers(8))
        try:
            read_graph(bytes(hurt))
        except BadGraph as refused:
            assert len(str(refused)) < 200
