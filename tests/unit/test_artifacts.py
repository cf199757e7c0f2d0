"""Model folders: written whole or not at all, and one that is damaged is one sentence, while the rest works."""

import errno
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from latent_core import artifacts
from latent_core.__main__ import main
from latent_core.artifacts import BrokenFolder, CardError, layout, store
from latent_core.models.library import open_library, stamp
from tests.unit import folders

OUTSIDE = {"../../etc/passwd": {"sha256": "0" * 64, "bytes": 1}}
HURT: dict[str, Callable[[Path], object]] = {
    "no card": lambda folder: (folder / layout.CARD).unlink(),
    "empty card": lambda folder: (folder / layout.CARD).write_text(""),
    "card that is no JSON": lambda folder: (folder / layout.CARD).write_bytes(b"\xff\xfe{"),
    "card of 2 MB": lambda folder: folders.change_card(folder, what="x" * 2_000_000),
    "older format": lambda folder: folders.change_card(folder, format=0),
    "newer format": lambda folder: folders.change_card(folder, format=99),
    "no format": lambda folder: folders.change_card(folder, format=None),
    "other slug": lambda folder: folders.change_card(folder, slug="tiny/other-2"),
    "path as slug": lambda folder: folders.change_card(folder, slug="../../etc"),
    "path as file name": lambda folder: folders.change_card(folder, files=OUTSIDE),
    "no files": lambda folder: folders.change_card(folder, files={}),
    "latent size of 0": lambda folder: folders.change_card(folder, latent={"size": 0}),
    "huge latent size": lambda folder: folders.change_card(folder, latent={"size": 10**9}),
    "latent of format 1 in format 2": lambda folder: folders.change_card(folder, latent=2),
    "block outside the latent": lambda folder: folders.change_card(
        folder, latent={"size": 2, "blocks": [{"name": "where", "from": 1, "to": 3}]}
    ),
    "latent of a kind that nobody knows": lambda folder: folders.change_card(
        folder, latent={"size": 2, "kind": "flow"}
    ),
    "codes that do not fill the latent": lambda folder: folders.change_card(
        folder, latent={"size": 2, "kind": "codes", "code": 3}
    ),
    "averages at a sixth depth": lambda folder: folders.change_card(folder, averages_at=[0, 5]),
    "unknown likelihood": lambda folder: folders.change_card(folder, likelihood="guess"),
    "text for a number": lambda folder: folders.change_card(folder, rows="many"),
    "a line break in a class": lambda folder: folders.change_card(folder, classes=["a\nb", "b", "c"]),
    "truncated file": lambda folder: folders.cut(folder / layout.DECODER),
    "flipped bit": lambda folder: folders.flip(folder / layout.STATS),
    "missing file": lambda folder: (folder / layout.LATENTS).unlink(),
    "folder for a file": lambda folder: ((folder / layout.ENCODER).unlink(), (folder / layout.ENCODER).mkdir()),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folders.write(tmp_path)


def test_a_folder_comes_back_as_it_was_written(root: Path) -> None:
    card = artifacts.open_model_card("tiny/elbo-2", root)
    assert set(card.files) == set(folders.model_files())
    assert [*open_library(root).model_cards] == ["tiny/elbo-2", "tiny/linear-2"] and not open_library(root).broken


@pytest.mark.parametrize("harm", HURT)
def test_a_damaged_model_is_one_sentence_and_the_rest_works(root: Path, harm: str) -> None:
    HURT[harm](root / "tiny" / "elbo-2")
    library = open_library(root)
    assert [*library.model_cards] == ["tiny/linear-2"] and library.datasets() == ["tiny"]
    assert [*library.broken] == ["tiny/elbo-2"]
    sentence = library.broken["tiny/elbo-2"]
    assert len(sentence) < 400 and "\n" not in sentence and sentence.endswith(".") and "tiny" in sentence
    with pytest.raises(BrokenFolder):
        artifacts.open_model_card("tiny/elbo-2", root)


def notes_of_other_rows(file: Path) -> None:
    folders.change_card(file.parent, layout.DATASET_CARD, notes=[60, 59])


@pytest.mark.parametrize("harm", [folders.cut, folders.flip, os.unlink, notes_of_other_rows])
def test_a_damaged_dataset_is_one_sentence(root: Path, harm: Callable[[Path], None]) -> None:
    harm(root / "tiny" / layout.MEANS)
    library = open_library(root)
    assert library.datasets() == [] and [*library.broken] == ["tiny"]


def test_an_empty_or_missing_models_folder_is_an_empty_shelf(tmp_path: Path) -> None:
    assert open_library(tmp_path).datasets() == [] and open_library(tmp_path / "nowhere").datasets() == []


@pytest.mark.parametrize("slug", ["../etc", "tiny/../..", "/etc", "tiny/elbo-2/x", "", "Tiny", "tiny/elbo 2", "a\x00b"])
def test_no_name_leads_out_of_the_models_folder(slug: str) -> None:
    with pytest.raises(BrokenFolder, match="not the name of a model"):
        artifacts.folder_of(slug)


@pytest.mark.parametrize("stop", range(6))
def test_a_write_that_is_killed_between_two_files_leaves_the_old_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:  # fmt: skip
    written = 0

    def power_cut(handle: int) -> None:
        nonlocal written
        written += 1
        if written > stop:
            raise KeyboardInterrupt

    monkeypatch.setattr(store.os, "fsync", power_cut)
    newer = folders.model_card("tiny/elbo-2", title="newer")
    with pytest.raises(KeyboardInterrupt):
        artifacts.write_folder(newer, folders.model_files(), root)
    monkeypatch.undo()
    assert artifacts.open_model_card("tiny/elbo-2", root).title == "tiny/elbo-2"
    assert not open_library(root).broken
    assert not [path for path in (root / "tiny").iterdir() if path.name.startswith(".")]
    artifacts.write_folder(newer, folders.model_files(), root)
    assert artifacts.open_model_card("tiny/elbo-2", root).title == "newer"


def test_a_new_dataset_card_leaves_the_models_where_they_are(root: Path) -> None:
    before = stamp(root)
    artifacts.write_folder(folders.dataset_card(title="Other"), folders.dataset_files(), root)
    assert open_library(root).dataset_cards["tiny"].title == "Other" and len(open_library(root).model_cards) == 2
    assert stamp(root) != before


@pytest.mark.parametrize("content", [b"", b"\x00" * 8, b"\xff" * 64, b"\x05\x00\x00\x00\x00\x00\x00\x00{bad}"])
def test_a_file_that_is_not_safetensors_is_refused(root: Path, content: bytes) -> None:
    folders.replace_file(root / "tiny" / "elbo-2", layout.STATS, content)
    assert "stats.safetensors is not safetensors" in open_library(root).broken["tiny/elbo-2"]


def test_arrays_are_read_only(root: Path) -> None:
    card = artifacts.open_model_card("tiny/elbo-2", root)
    mean = artifacts.read_arrays(root / "tiny" / "elbo-2", layout.STATS, card)["mean"]
    with pytest.raises(ValueError, match="read-only"):
        mean[0, 0] = 1


def as_format_1(folder: Path) -> None:
    """Turns a folder back into what the first version wrote: weights beside the graphs, the latent's size alone."""
    path = folder / layout.CARD
    card = json.loads(path.read_text())
    old = b"the graphs' initialisers once more" * 99
    (folder / layout.WEIGHTS_OF_FORMAT_1).write_bytes(old)
    card |= {"format": 1, "latent": card["latent"]["size"]}
    card["files"][layout.WEIGHTS_OF_FORMAT_1] = {"sha256": hashlib.sha256(old).hexdigest(), "bytes": len(old)}
    del card["likelihood"], card["averages_at"]
    path.write_text(json.dumps(card))


def test_a_folder_of_format_1_opens_as_one_of_format_2(root: Path) -> None:
    for slug, kind, likelihood in (("tiny/elbo-2", "gaussian", "bernoulli"), ("tiny/linear-2", "linear", "gaussian")):
        as_format_1(root / slug)
        card = artifacts.open_model_card(slug, root)
        assert (card.format, card.latent, card.likelihood) == (2, artifacts.Latent(2, kind), likelihood)
        assert card.averages_at == [*artifacts.DEPTHS] and layout.WEIGHTS_OF_FORMAT_1 not in card.files


def test_a_label_guided_model_of_format_1_was_trained_on_squared_error(root: Path) -> None:
    as_format_1(root / "tiny" / "elbo-2")
    folders.change_card(root / "tiny" / "elbo-2", objective={"name": "label_guided", "fields": {}})
    assert artifacts.open_model_card("tiny/elbo-2", root).likelihood == "gaussian"


def test_an_upgrade_drops_the_second_copy_of_the_weights_and_touches_no_other_byte(root: Path) -> None:
    folder = root / "tiny" / "elbo-2"
    as_format_1(folder)
    folders.change_card(root / "tiny", layout.DATASET_CARD, format=1)
    seen = artifacts.open_model_card("tiny/elbo-2", root)
    held = {name: (folder / name).read_bytes() for name in seen.files}
    before, after = artifacts.upgrade("tiny/elbo-2", root)
    assert after < before and artifacts.upgrade("tiny", root)[0] > 0
    assert json.loads((folder / layout.CARD).read_text())["latent"] == {
        "size": 2,
        "kind": "gaussian",
        "blocks": [],
        "code": 0,
    }
    assert json.loads((root / "tiny" / layout.DATASET_CARD).read_text())["format"] == 2
    assert {path.name for path in folder.iterdir()} == {*held, layout.CARD}
    assert {name: (folder / name).read_bytes() for name in held} == held
    assert artifacts.open_model_card("tiny/elbo-2", root) == seen and not open_library(root).broken
    whole = stamp(root)
    assert artifacts.upgrade("tiny/elbo-2", root) == (after, after) and stamp(root) == whole


def test_a_damaged_folder_is_not_upgraded(root: Path) -> None:
    as_format_1(root / "tiny" / "elbo-2")
    folders.flip(root / "tiny" / "elbo-2" / layout.DECODER)
    with pytest.raises(BrokenFolder, match="altered"):
        artifacts.upgrade("tiny/elbo-2", root)
    assert (root / "tiny" / "elbo-2" / layout.WEIGHTS_OF_FORMAT_1).is_file()


def test_a_block_is_a_named_part_of_the_latent(root: Path) -> None:
    folders.change_card(root / "tiny" / "elbo-2", latent={"size": 2, "blocks": [{"name": "where", "from": 1, "to": 2}]})
    block = artifacts.open_model_card("tiny/elbo-2", root).latent.blocks[0]
    assert (block.name, block.start, block.end) == ("where", 1, 2)


def test_a_card_says_which_field_is_wrong() -> None:
    with pytest.raises(CardError, match="format 0"):
        store.decode(b'{"format": 0}', artifacts.ModelCard)
    with pytest.raises(CardError, match="slug"):
        store.decode(b'{"format": 1}', artifacts.ModelCard)


DEAD = 2**22 + 7
"""A number that Linux gives no process."""


def test_what_a_killed_process_left_is_cleared_and_a_folder_that_was_moved_aside_comes_back(root: Path) -> None:
    here, tiny = os.getpid(), root / "tiny"
    half, busy = tiny / f".elbo-2.{DEAD}.medley-part", tiny / f".elbo-2.{here}.medley-part"
    half.mkdir(), busy.mkdir(), (tiny / ".mine.12.old").touch()
    (tiny / "linear-2").rename(tiny / f".linear-2.{DEAD}.medley-old")
    (root / f".notes.{DEAD}.medley-part").touch()
    artifacts.write_file(tiny / "note", b"x")
    artifacts.write_file(root / "note", b"x")
    assert not half.exists() and busy.exists() and (tiny / ".mine.12.old").exists()
    assert artifacts.open_model_card("tiny/linear-2", root) and not list(root.glob(".*"))


def test_the_next_command_clears_what_a_killed_one_left_wherever_it_was(
    root: Path, tmp_path_factory, monkeypatch
) -> None:
    """Also where that command writes nothing; what a living process writes, and files of others, stay."""
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    name = f".x.{DEAD}.medley-part"
    places = [
        root / "tiny",
        root / "tiny" / "elbo-2",
        Path("runs/mine/elbo-16"),
        Path("pictures"),
        Path("there"),
        Path(),
    ]
    for place in [*places, Path("elsewhere")]:
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"half")
        (place / f".y.{os.getpid()}.medley-part").touch()
    (root / "tiny" / "linear-2").rename(root / "tiny" / f".linear-2.{DEAD}.medley-old")
    assert main(["blend", "nothing/at-all", "--w", "a:1", "--out", "there/a.png"]) == 2
    assert not any((place / name).exists() for place in places) and Path("elsewhere", name).exists()
    assert all((place / f".y.{os.getpid()}.medley-part").exists() for place in places)
    assert artifacts.open_model_card("tiny/linear-2", root)


def test_a_full_disk_names_the_path_and_what_to_free_and_leaves_what_was_there(root: Path, monkeypatch) -> None:
    (root / "note").write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for write in (
        lambda: artifacts.write_file(root / "note", b"x" * 200_000),
        lambda: artifacts.write_folder(folders.model_card(), folders.model_files(), root),
    ):
        with pytest.raises(artifacts.NoRoom, match=r"no room for .*MB are free there.*runs/ holds checkpoints"):
            write()
    assert (root / "note").read_bytes() == b"old" and artifacts.open_model_card("tiny/elbo-2", root)
    assert not list(root.rglob(".*"))


def test_a_card_says_what_new_pictures_are_drawn_from_and_old_ones_did_not_need_to(root: Path) -> None:
    folder = root / "tiny" / "elbo-2"
    card = json.loads((folder / layout.CARD).read_text())
    (folder / layout.CARD).write_text(json.dumps({key: value for key, value in card.items() if key != "prior"}))
    assert artifacts.open_model_card("tiny/elbo-2", root).prior == artifacts.Prior("matched")
    folders.change_card(folder, objective={"name": "label_guided", "fields": {}})
    assert artifacts.open_model_card("tiny/elbo-2", root).prior == artifacts.Prior("fitted", "class Gaussians")
    folders.change_card(folder, latent={"size": 2, "kind": "flow"})
    with pytest.raises(BrokenFolder, match=r"kind 'flow', and this version of Medley knows gaussian, .* newer version"):
        artifacts.open_model_card("tiny/elbo-2", root)
