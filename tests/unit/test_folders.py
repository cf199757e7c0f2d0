"""Folders that anybody may have made: whatever lies in one, it is one sentence, and all others stay as they are.

Every content here stands under its right hash: what is caught is caught by what it is.
"""

import io
import os
import re
import shutil
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from onnx import TensorProto, helper
from PIL import Image
from safetensors.numpy import save
from streamlit.testing.v1 import AppTest

from latent_core.artifacts import (
    BrokenFolder,
    Curve,
    Curves,
    Reference,
    Searched,
    agreement,
    layout,
    list_datasets,
    list_models,
    open_model_card,
    write_curves,
)
from latent_core.artifacts.curves import MEASURES
from latent_core.artifacts.graph_file import BadGraph, read_graph
from latent_core.models.dataset import EncodedDataset
from latent_core.models.library import open_library, stamp
from latent_core.models.model import Model
from latent_core.models.rebuilding import check_rebuilding
from pages.parts import loaders
from pages.parts.blend.first_picture import first_picture
from tests.harness.serving import ROOT
from tests.unit import folders

Harm = Callable[[Path], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = folders.write(tmp_path_factory.mktemp("sound"))
    folders.change_card(root / "tiny", layout.DATASET_CARD, pictures="b" * 64)
    return root


@pytest.fixture
def root(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "models")
    return tmp_path / "models"


def changed(file: str, values: dict[str, np.ndarray], **arrays: Any) -> Harm:
    """Other arrays in a file of the model; None takes one out."""
    held = {name: array for name, array in {**values, **arrays}.items() if array is not None}
    return lambda folder: folders.replace_file(folder, file, save(held))


def graph(content: Callable[[], bytes], file: str = layout.DECODER) -> Harm:
    return lambda folder: folders.replace_file(folder, file, content())


def stats(**arrays: Any) -> Harm:
    return changed(layout.STATS, folders.statistics(), **arrays)


def one(array: np.ndarray, value: float) -> np.ndarray:
    """The array with another first number."""
    copy = array.copy()
    copy.flat[0] = value
    return copy


def header(text: bytes) -> Harm:
    """A safetensors file with this header and nothing behind it."""
    return lambda folder: folders.replace_file(folder, layout.STATS, struct.pack("<Q", len(text)) + text)


def loop() -> bytes:
    """A decoder with an endless loop in it."""
    body = helper.make_graph(
        [folders.NODE("Identity", ["go"], ["again"]), folders.NODE("Identity", ["x"], ["y"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("x", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("again", TensorProto.BOOL, []),
            helper.make_tensor_value_info("y", TensorProto.FLOAT, []),
        ],
    )
    return folders.decoder(extra=(folders.NODE("Loop", ["", "", "stretch"], ["never"], body=body),))


def external() -> bytes:
    """A decoder whose weights lie in another file."""
    import onnx

    model = onnx.load_from_string(folders.decoder())
    held = model.graph.initializer[0]
    held.ClearField("raw_data")
    held.data_location = TensorProto.EXTERNAL
    held.external_data.add(key="location", value="../../../etc/passwd")
    content: bytes = model.SerializeToString()
    return content


def curves(**changes: Any) -> Harm:
    """A file of curves in the model's folder, with other values than such a file may have."""
    shares = {name: [0.5] for name in (*MEASURES, "scale")}
    theta = [[0.5] * folders.LATENT] * 3
    one = dict.fromkeys(MEASURES, 0.5)
    held = Curves(
        format=1, slug="tiny/elbo-2", draws=1, seeds=1, accuracy=0.9,
        families=[Curve(family="diagonal", **{**shares, **changes.pop("family", {})})],
        references=[Reference("rebuilt", 0.5, 0.5, 0.5, 9)],
        searched=[Searched(name="x", family="diagonal", **{"theta": theta, **one, **changes.pop("searched", {})})],
    )  # fmt: skip
    return graph(lambda: write_curves(msgspec.structs.replace(held, **changes)), layout.CURVES)


MEAN, STD = folders.statistics()["mean"], folders.statistics()["std"]
Z = folders.latents()
NAN, HUGE = float("nan"), 1e30
DEEP = "[" * 3000 + "]" * 3000

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


def socket_at(path: Path) -> None:
    """A socket in the place of a file; its name is bound from inside the folder, as such names must be short."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one_end:
            one_end.bind(path.name)
    finally:
        os.chdir(here)


def instead(file: str, put: Callable[[Path], object]) -> Harm:
    """Something else in the place of a file."""
    return lambda folder: ((folder / file).unlink(), put(folder / file))


PLACES: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a plain file": lambda path: path.symlink_to(ROOT / "app.py"),
    "a dangling link": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a folder": Path.mkdir,
    "a socket": socket_at,
}


def check_alone_broken(root: Path, sentence: str) -> None:
    """The model is broken with that sentence, quickly; the other one works."""
    began = time.monotonic()
    library = open_library(root)
    assert time.monotonic() - began < 2
    assert [*library.model_cards] == ["tiny/linear-2"] and [*library.broken] == ["tiny/elbo-2"]
    said = library.broken["tiny/elbo-2"]
    assert len(said) < 400 and "\n" not in said and said.startswith("tiny/elbo-2 ") and said.endswith(".")
    assert re.search(sentence, said), said


@pytest.mark.parametrize("harm", MODELS)
def test_a_model_with_a_right_hash_and_a_wrong_content_is_one_sentence(root: Path, harm: str) -> None:
    hurt, sentence = MODELS[harm]
    hurt(root / "tiny" / "elbo-2")
    check_alone_broken(root, sentence)


@pytest.mark.parametrize("file", [layout.CARD, layout.DECODER, layout.STATS])
@pytest.mark.parametrize("kind", PLACES)
def test_only_plain_files_are_read(root: Path, kind: str, file: str) -> None:
    before = stamp(root)
    instead(file, PLACES[kind])(root / "tiny" / "elbo-2")
    assert stamp(root) != before
    check_alone_broken(root, f"{file} is")


def test_all_bad_files_of_a_folder_are_named(root: Path) -> None:
    folder = root / "tiny" / "elbo-2"
    folders.flip(folder / layout.DECODER)
    folders.cut(folder / layout.LATENTS)
    stats(std=-STD)(folder)
    said = open_library(root).broken["tiny/elbo-2"]
    assert all(file in said for file in (layout.DECODER, layout.LATENTS, layout.STATS)) and layout.ENCODER not in said


def rows(**arrays: np.ndarray) -> Harm:
    content = save({**folders.rows(), **arrays})
    return lambda folder: folders.replace_file(folder, layout.ROWS, content, layout.DATASET_CARD)


def shared(file: str, content: Callable[[], bytes]) -> Harm:
    return lambda folder: folders.replace_file(folder, file, content(), layout.DATASET_CARD)


def webp(frames: int) -> bytes:
    """A moving picture."""
    out = io.BytesIO()
    images = [Image.new("L", (12, 8), 9 * i) for i in range(frames)]
    images[0].save(out, "WEBP", save_all=True, append_images=images[1:], lossless=True)
    return out.getvalue()


Y = folders.rows()["y"]
# fmt: off
DATASETS: dict[str, tuple[Harm, str]] = {
    "label -1": (rows(y=one(Y, -1)), "rows.safetensors .*'y' with values outside 0 to 2"),
    "label 99": (rows(y=one(Y, 99)), "'y' with values outside 0 to 2"),
    "NaN labels": (rows(y=np.full(6, NAN, np.float32)), "'y' of float32, where whole numbers belong"),
    "labels of another length": (rows(y=Y[:5]), "of shape"),
    "split 2": (rows(split=np.full(6, 2, np.uint8)), "'split' with values outside 0 to 1"),
    "NaN means": (shared(layout.MEANS, lambda: save({"pictures": np.full((3, 16), NAN, np.float32)})), "'pictures'"),
    "means of 255": (
        shared(layout.MEANS, lambda: save({"pictures": np.full((3, 16), 255, np.float32)})), "outside 0 to 1",
    ),
    "NaN classifier": (
        shared(layout.CLASSIFIER, lambda: folders.classifier(np.full((16, 3), NAN, np.float32))), "classifier.onnx has",
    ),
    "another classifier": (
        shared(layout.CLASSIFIER, lambda: folders.classifier(np.ones((16, 3), np.float32))[:-30]), "classifier.onnx",
    ),
    "another sheet": (shared(layout.THUMBS, lambda: folders.sheet((8, 8))), "thumbs.webp is 8 x 8 pixels"),
    "sheet of noise": (shared(layout.THUMBS, lambda: b"RIFF" * 9), "thumbs.webp is no picture"),
    "moving sheet": (shared(layout.THUMBS, lambda: webp(2)), "no single sheet"),
    "no sheet": (
        lambda folder: folders.change_card(
            folder, layout.DATASET_CARD, thumbs={"file": "x.webp", "columns": 3, "kind": "original"}
        ), "does not list x.webp",
    ),
    "html as first model": (
        lambda folder: folders.change_card(folder, layout.DATASET_CARD, default_model='"><script>'), "default_model",
    ),
    "deep card": (
        lambda folder: (folder / layout.DATASET_CARD).write_text(f'{{"format": 2, "x": {DEEP}}}'), "nested too deep",
    ),
    "pipe as card": (instead(layout.DATASET_CARD, os.mkfifo), "is a pipe"),
}
# fmt: on


@pytest.mark.parametrize("harm", DATASETS)
def test_a_bad_dataset_is_one_sentence_and_the_others_work(root: Path, sound: Path, harm: str) -> None:
    shutil.copytree(sound / "tiny", root / "other")
    folders.change_card(root / "other", layout.DATASET_CARD, slug="other")
    for name in ("elbo-2", "linear-2"):
        folders.change_card(root / "other" / name, slug=f"other/{name}")
    hurt, sentence = DATASETS[harm]
    hurt(root / "tiny")
    library = open_library(root)
    assert library.datasets() == ["other"] and len(library.model_cards) == 2 and [*library.broken] == ["tiny"]
    assert re.search(sentence, library.broken["tiny"]), library.broken["tiny"]


def test_permuted_labels_are_noticed_in_each_model(root: Path) -> None:
    rows(y=np.roll(Y, 1))(root / "tiny")
    library = open_library(root)
    assert [*library.broken] == ["tiny/elbo-2", "tiny/linear-2"] and not library.datasets()


def test_a_folder_that_may_not_be_looked_into_takes_no_other_along(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root may look everywhere, the system's answer is imitated."""
    for name in ("lost+found", "locked"):
        (root / name).mkdir()
    refused = [str(root / "lost+found"), str(root / "locked")]

    def guarded(work: Callable[..., Any]) -> Callable[..., Any]:
        def asked(path: Any, *more: Any, **named: Any) -> Any:
            if str(path).startswith(tuple(refused)) and (str(path) not in refused or work is scandir):
                raise PermissionError(13, "Permission denied", str(path))
            return work(path, *more, **named)

        return asked

    scandir = os.scandir
    for name in ("scandir", "open", "stat", "lstat"):
        monkeypatch.setattr(os, name, guarded(getattr(os, name)))
    assert list_datasets(root) == ["locked", "tiny"]
    library = open_library(root)
    assert [*library.model_cards] == ["tiny/elbo-2", "tiny/linear-2"] and "may not be read" in library.broken["locked"]
    assert len(stamp(root)) > 10


def test_a_dangling_link_hides_no_change_behind_it(root: Path) -> None:
    for name in ("a-link", "zz-link"):
        (root / "tiny" / "elbo-2" / name).symlink_to("nowhere")
    before = stamp(root)
    folders.flip(root / "tiny" / "elbo-2" / layout.STATS)
    assert stamp(root) != before


def test_a_file_put_back_with_its_old_size_and_dates_is_noticed(root: Path) -> None:
    file, before = root / "tiny" / "elbo-2" / layout.DECODER, stamp(root)
    facts = file.stat()
    folders.flip(file)
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert file.stat().st_mtime_ns == facts.st_mtime_ns and stamp(root) != before


def test_a_linked_folder_is_one_sentence(root: Path) -> None:
    (root / "tiny" / "copy-2").symlink_to(root / "tiny" / "elbo-2")
    assert "a link, which the web server does not follow" in open_library(root).broken["tiny/copy-2"]


@pytest.mark.parametrize("file", [layout.DECODER, layout.ENCODER, layout.STATS, layout.LATENTS, layout.PROJECTIONS])
def test_what_is_replaced_after_opening_is_never_used(root: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    model = Model("tiny/elbo-2")
    for name in ("stats", "latents"):
        model._files.__dict__.pop(name, None)
    content = (root / "tiny" / "elbo-2" / file).read_bytes()
    (root / "tiny" / "elbo-2" / file).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    use: dict[str, Callable[[], object]] = {
        layout.DECODER: lambda: model.decode(np.zeros((1, 2))),
        layout.ENCODER: lambda: model.encode(np.zeros((1, 1, 4, 4))),
        layout.STATS: lambda: model.stats,
        layout.LATENTS: lambda: model.latents,
        layout.PROJECTIONS: lambda: model.projections,
    }
    with pytest.raises(BrokenFolder, match=f"{file} was altered"):
        use[file]()


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


def test_a_toy_model_works(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    model = Model("tiny/elbo-2")
    mean, _ = model.encode(folders.pictures()[:, None] / np.float32(255))
    np.testing.assert_allclose(mean, folders.latents(), atol=1e-5)
    assert np.isfinite(model.blend({"a": 1, "b": 2}).picture).all()


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


@pytest.mark.parametrize("page", ["blend", "map"])
def test_a_folder_that_breaks_under_a_page_is_a_sentence_there(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(slug: str) -> Model:
        raise BrokenFolder(f"{slug} cannot be used: decoder.onnx was altered.")

    monkeypatch.setattr(loaders, "model", broken)
    shown = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60).run()
    if page != "blend":
        shown = shown.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not shown.exception and any("decoder.onnx was altered" in error.value for error in shown.error)


def other_decoder() -> bytes:
    """Another model's decoder of the same sizes."""
    return folders.decoder(np.ascontiguousarray(folders.DECODING[:, ::-1]))


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (
            lambda root: folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, other_decoder()),
            "its decoder is",
        ),
        (
            lambda root: folders.replace_file(
                root / "tiny", layout.THUMBS, folders.sheet(turned=True), layout.DATASET_CARD
            ),
            "the dataset's thumbnails are others",
        ),
    ],
)
def test_a_model_that_rebuilds_other_pictures_than_its_datasets_is_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, harm: Harm, sentence: str
) -> None:
    """Whoever writes a card anew has right hashes and right sizes; what the model does shows it."""
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    check_rebuilding(Model("tiny/elbo-2"))
    harm(root)
    assert not open_library(root).broken
    with pytest.raises(BrokenFolder, match=f"tiny/elbo-2 does not rebuild the pictures of Tiny.* {sentence}"):
        check_rebuilding(Model("tiny/elbo-2"))


def test_a_card_that_says_no_figure_is_held_to_the_mean_picture(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    folders.change_card(root / "tiny" / "elbo-2", metrics=[])
    check_rebuilding(Model("tiny/elbo-2"))
    folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, other_decoder())
    with pytest.raises(BrokenFolder, match="does not rebuild"):
        check_rebuilding(Model("tiny/elbo-2"))


def test_thumbnails_that_stand_in_for_pictures_may_be_means_of_classes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    thumbs = {"file": layout.THUMBS, "columns": 3, "kind": "reconstruction"}
    folders.change_card(root / "tiny", layout.DATASET_CARD, thumbs=thumbs)
    folders.replace_file(root / "tiny", layout.THUMBS, folders.sheet(typical=True), layout.DATASET_CARD)
    check_rebuilding(Model("tiny/elbo-2"))


def test_every_model_that_ships_rebuilds_its_pictures_and_by_anothers_decoder_it_does_not() -> None:
    shared = {name: EncodedDataset(name) for name in list_datasets()}
    models = {slug: Model(slug, shared[name]) for name in shared for slug in list_models(name)}
    for model in models.values():
        check_rebuilding(model)
    for slug, other in (("mnist/elbo-2", "mnist/mmd-2"), ("mnist/mmd-20", "mnist/linear-20")):
        models[slug]._files.__dict__["decoder"] = models[other]._files.decoder
        with pytest.raises(BrokenFolder, match="its decoder is another one"):
            check_rebuilding(models[slug])


@pytest.mark.parametrize("page", ["map", "generate"])
def test_a_page_says_that_its_model_rebuilds_other_pictures_and_others_go_on(
    root: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, other_decoder())
    assert "data:image/png" in first_picture({}).html
    shown = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    shown = shown.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert [error.value.split(":")[0] for error in shown.error] == ["tiny/elbo-2 does not rebuild the pictures of Tiny"]
    assert not shown.exception
    with pytest.raises(BrokenFolder, match="does not rebuild"):  # nor is there a picture in the next first HTML
        first_picture({})
    shown.selectbox(key="pick_model").select("linear-2").run()
    assert not shown.error and not shown.exception


def test_a_dimension_that_never_changes_differs_by_rounding_alone_and_belongs() -> None:
    y, z = np.repeat([0, 1, 2], 50), np.random.default_rng(0).standard_normal((150, 2)).astype(np.float32)
    z[:, 0] += 4 * y
    z[:, 1] = 20.0855
    mean, std = (np.stack([part(z[y == k], 0) for k in range(3)]) for part in (np.mean, np.std))
    held = z.astype(np.float16).astype(np.float32)  # as files do
    assert agreement.stranger(y, mean, std, held) == -1
    assert agreement.stranger(y, mean[[1, 0, 2]], std, held) == 0
