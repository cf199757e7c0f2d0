"""Only plain files are read, and what changes after opening is noticed."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from latent_core.artifacts import BrokenFolder, layout, list_datasets
from latent_core.models.library import open_library, stamp
from latent_core.models.model import Model
from tests.harness.serving import ROOT
from tests.unit import folders
from tests.unit.broken_folders.harm import check_alone_broken, instead


def socket_at(path: Path) -> None:
    """A socket in the place of a file; its name is bound from inside the folder, as such names must be short."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one_end:
            one_end.bind(path.name)
    finally:
        os.chdir(here)


PLACES: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a plain file": lambda path: path.symlink_to(ROOT / "app.py"),
    "a dangling link": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a folder": Path.mkdir,
    "a socket": socket_at,
}


@pytest.mark.parametrize("file", [layout.CARD, layout.DECODER, layout.STATS])
@pytest.mark.parametrize("kind", PLACES)
def test_only_plain_files_are_read(root: Path, kind: str, file: str) -> None:
    before = stamp(root)
    instead(file, PLACES[kind])(root / "tiny" / "elbo-2")
    assert stamp(root) != before
    check_alone_broken(root, f"{file} is")


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
