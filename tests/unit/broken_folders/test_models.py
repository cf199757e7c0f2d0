"""A model's folder that anybody may have made: whatever lies in it is one sentence, and others stay as they are."""

from pathlib import Path

import numpy as np
import pytest

from latent_core.artifacts import layout
from latent_core.models.library import open_library
from latent_core.models.model import Model
from tests.unit import folders
from tests.unit.broken_folders.harm import (
    DEEP,
    HUGE,
    MEAN,
    NAN,
    STD,
    Harm,
    Z,
    changed,
    check_alone_broken,
    curves,
    external,
    graph,
    header,
    loop,
    one,
    stats,
)

# fmt: off
MODELS: dict[str, tuple[Harm, str]] = {
    "NaN mean": (stats(mean=one(MEAN, NAN)), "stats.safetensors .*'mean' with values that are not numbers"),
    "infinite std": (stats(std=one(STD, np.inf)), "'std' with values that are not numbers"),
    "mean of 1e30": (stats(mean=one(MEAN, HUGE)), "'mean' with values outside"),
    "negative std": (stats(std=-STD), "'std' with values outside 0 to"),
    "whole numbers": (stats(mean=np.ones((3, 2), np.int32)), "'mean' of int32, where real numbers belong"),
    "permuted means": (stats(mean=MEAN[[1, 2, 0]]), "statistics of 'a' that are not those of its latents and labels"),
    "permuted stds": (
        stats(covariance=np.stack([np.diag(row) for row in np.square(STD)]), std=STD + 1), "those of its covariances",
    ),
    "turned stats": (stats(mean=MEAN.T.copy()), "'mean' of shape"),
    "no mean": (stats(mean=None), "no array 'mean'"),
    "count below 0": (stats(count=np.array([1, -1, 1], np.int32)), "'count' with values outside"),
    "latents too short": (changed(layout.LATENTS, {}, z=Z[:-1]), "latents.safetensors .*'z' of shape"),
    "NaN latents": (changed(layout.LATENTS, {}, z=one(Z, NAN)), "'z' with values that are not numbers"),
    "latents of 1e30": (changed(layout.LATENTS, {}, z=one(Z, HUGE)), "'z' with values outside"),
    "permuted latents": (changed(layout.LATENTS, {}, z=Z[[1, 2, 0, 3, 4, 5]]), "those of its latents and labels"),
    "NaN map": (changed(layout.PROJECTIONS, folders.maps(), umap=one(Z, NAN)), "projections.safetensors .*'umap'"),
    "short map": (changed(layout.PROJECTIONS, folders.maps(), umap3=np.zeros((5, 3), np.float32)), "'umap3' of shape"),
    "no map": (changed(layout.PROJECTIONS, folders.maps(), pca=None), "no array 'pca'"),
    "NaN weights": (graph(lambda: folders.decoder(one(folders.DECODING, NAN))), "decoder.onnx has weights that"),
    "NaN half weights": (
        graph(lambda: folders.decoder(one(folders.DECODING, NAN).astype(np.float16))), "weights that are not numbers",
    ),
    "infinite weights": (graph(lambda: folders.decoder(one(folders.DECODING, np.inf))), "weights that are not numbers"),
    "NaN encoder": (
        graph(lambda: folders.encoder(one(folders.ENCODING, NAN)), layout.ENCODER), "encoder.onnx has weights that",
    ),
    "encoder as decoder": (graph(folders.encoder), "decoder.onnx takes pictures, where z"),
    "endless loop": (graph(loop), "decoder.onnx has the operator 'Loop'"),
    "loop in a branch": (
        graph(lambda: folders.decoder(extra=(folders.NODE("If", ["stretch"], ["x"]),))), "the operator 'If'",
    ),
    "huge array": (
        graph(lambda: folders.decoder(extra=(folders.NODE("ConstantOfShape", ["s"], ["x"]),))), "'ConstantOfShape'",
    ),
    "operator of others": (
        graph(lambda: folders.decoder(extra=(folders.NODE("Relu", ["z"], ["x"], domain="evil"),))), "operator 'Relu'",
    ),
    "many steps": (
        graph(lambda: folders.decoder(extra=(folders.NODE("Relu", ["z"], ["x"]),) * 3000)), "3008 steps",
    ),
    "weights elsewhere": (graph(external), "weights in another file"),
    "no graph": (graph(lambda: b"\x08\x09"), "decoder.onnx is not an ONNX graph"),
    "noise for a graph": (graph(lambda: bytes(range(256)) * 9), "decoder.onnx is not an ONNX graph"),
    "half a graph": (graph(lambda: folders.decoder()[:300]), "decoder.onnx is not an ONNX graph"),
    "empty graph": (graph(lambda: b""), "decoder.onnx is not an ONNX graph"),
    "an array twice": (
        header(b'{"mean":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"mean":{"dtype":"F32","shape":[0],'
               b'"data_offsets":[0,0]}}'), "names an array twice",
    ),
    "header of 1 EB": (lambda f: folders.replace_file(f, layout.STATS, b"\xff" * 7 + b"\x0f{}"), "not safetensors"),
    "deep header": (header(b"[" * 60_000), "stats.safetensors is not safetensors"),
    "deep card": (lambda folder: (folder / layout.CARD).write_text(f'{{"format": 2, "x": {DEEP}}}'), "nested too deep"),
    "card 100,000 deep": (lambda folder: (folder / layout.CARD).write_text("[" * 100_000), "nested too deep"),
    "deep fields": (
        lambda folder: folders.change_card(folder, objective={"name": "elbo", "fields": {"a": [[[[[[[[1]]]]]]]]}}),
        "nested too deep",
    ),
    "number of 5,000 digits": (
        lambda folder: (folder / layout.CARD).write_text('{"format": ' + "9" * 5000 + "}"), "cannot be used",
    ),
    "half a character": (
        lambda folder: (folder / layout.CARD).write_text('{"format": 2, "slug": "\\ud800"}'), "cannot be read",
    ),
    "endless figure": (
        lambda folder: (folder / layout.CARD).write_text('{"format": 2, "seconds": 1e999}'), "cannot be read",
    ),
    "long title": (lambda folder: folders.change_card(folder, title="x" * 50_000), "a text of 50000 characters"),
    "1,000 files": (
        lambda folder: folders.change_card(
            folder, files={f"f{i}.x": {"sha256": "0" * 64, "bytes": 1} for i in range(1000)}
        ), "cannot be read",
    ),
    "files of 1 PB": (
        lambda folder: folders.change_card(folder, files={"x.x": {"sha256": "0" * 64, "bytes": 2**50}}), "bytes in all",
    ),
    "shape of -1": (lambda folder: folders.change_card(folder, shape=[1, -1, 4]), "cannot be read"),
    "another shape": (lambda folder: folders.change_card(folder, shape=[1, 2, 8]), "pictures of sizes any x 1 x 4 x 4"),
    "other classes": (lambda folder: folders.change_card(folder, classes=["x", "y", "z"]), "other classes"),
    "empty curves": (graph(lambda: b"", layout.CURVES), "curves.json cannot be read"),
    "curves of nothing": (graph(lambda: b'{"format": 1}', layout.CURVES), "curves.json cannot be read"),
    "another's curves": (curves(slug="tiny/elbo-3"), "curves.json has the curves of tiny/elbo-3"),
    "curves of other lengths": (curves(family={"cosine": []}), "curves.json is of another form"),
    "curve of 300": (curves(family={"cosine": [300.0]}), "curves.json has figures outside 0 to 1"),
    "searched -1": (curves(searched={"cosine": -1.0}), "curves.json has figures outside 0 to 1"),
    "theta of 1e30": (curves(searched={"theta": [[1e30, 0.0]] * 3}), "curves.json has figures outside 0 to 1"),
    "theta of another model": (curves(searched={"theta": [[0.5]] * 3}), "settings for other classes or dimensions"),
    "other pictures": (lambda folder: folders.change_card(folder, pictures="a" * 64), "was made from other pictures"),
    "10^9 rows": (lambda folder: folders.change_card(folder, rows=10**9), "cannot be read"),
}
# fmt: on


@pytest.mark.parametrize("harm", MODELS)
def test_a_model_with_a_right_hash_and_a_wrong_content_is_one_sentence(root: Path, harm: str) -> None:
    hurt, sentence = MODELS[harm]
    hurt(root / "tiny" / "elbo-2")
    check_alone_broken(root, sentence)


def test_all_bad_files_of_a_folder_are_named(root: Path) -> None:
    folder = root / "tiny" / "elbo-2"
    folders.flip(folder / layout.DECODER)
    folders.cut(folder / layout.LATENTS)
    stats(std=-STD)(folder)
    said = open_library(root).broken["tiny/elbo-2"]
    assert all(file in said for file in (layout.DECODER, layout.LATENTS, layout.STATS)) and layout.ENCODER not in said


def test_a_toy_model_works(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    model = Model("tiny/elbo-2")
    mean, _ = model.encode(folders.pictures()[:, None] / np.float32(255))
    np.testing.assert_allclose(mean, folders.latents(), atol=1e-5)
    assert np.isfinite(model.blend({"a": 1, "b": 2}).picture).all()
