"""Pen lines: the skeleton of a known shape, and the file beside everything that the folder had before."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from latent_core import artifacts
from latent_core.__main__ import main
from latent_core.artifacts import layout
from latent_core.models.dataset import EncodedDataset
from latent_core.training.steps import strokes


def test_a_bar_becomes_its_middle_line() -> None:
    ink = np.zeros((60, 60), bool)
    ink[10:50, 27:32] = True
    points = strokes.points_of(ink).astype(float)
    assert np.abs(points[:, 0]).max() < 0.03  # x: one straight line down the middle
    assert points[:, 1].min() == -0.5 and points[:, 1].max() == 0.5
    gaps = np.diff(np.sort(points[:, 1]))
    assert gaps.max() < 1.2 / 30  # close together, so that no gap shows


def test_a_ring_stays_round() -> None:
    y, x = np.mgrid[0:80, 0:80] - 39.5
    away = np.hypot(*strokes.points_of(np.abs(np.hypot(x, y) - 30) < 2.5).astype(float).T)
    assert 0.47 < away.min() and away.max() < 0.53


def test_the_command_adds_a_file_and_keeps_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mnist").mkdir()
    for path in artifacts.folder_of("mnist").iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path / "mnist")
    before = artifacts.open_dataset("mnist", tmp_path)
    bar = np.zeros((40, 40), bool)
    bar[5:35, 18:21] = True
    monkeypatch.setattr(strokes, "_drawings", lambda name, root: iter([(3, bar), (3, bar.T), (8, bar)]))
    assert main(["strokes", "mnist", "--models", str(tmp_path)]) == 0
    assert "lines of 3 drawings" in capsys.readouterr().out
    after = artifacts.open_dataset("mnist", tmp_path)  # which checks every hash
    assert {**before.files, layout.STROKES: after.files[layout.STROKES]} == after.files
    assert (after.judge, after.start, after.classifier) == (before.judge, before.start, before.classifier)
    monkeypatch.setenv("MEDLEY_MODELS", str(tmp_path))
    found = EncodedDataset("mnist").drawings
    assert {name: len(drawn) for name, drawn in found.items()} == {"3": 2, "8": 1}
    assert main(["strokes", "fashion"]) == 2 and "no pen strokes" in capsys.readouterr().err
    assert main(["strokes"]) == 2
