"""The stages of a model, and the processes in which some of them run."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from latent_core.artifacts import layout
from latent_core.training import presets
from latent_core.training.steps import stages
from tests.harness.serving import ROOT


def test_class_statistics_are_those_of_the_encoded_training_pictures(digits, tmp_path):
    from safetensors.numpy import load_file

    stages.fit("digits/linear-8", presets.preset("digits/linear-8"), digits, tmp_path)
    stages.encode(digits, tmp_path)
    model, _ = stages.open_model(tmp_path, digits.shape)
    mean, _ = stages.posterior(model, digits.train.pictures())
    stats = load_file(tmp_path / layout.STATS)
    sevens = mean[digits.train.y == 7]
    assert np.allclose(stats["mean"][7], sevens.mean(0), atol=1e-4)
    assert np.allclose(np.sqrt(np.diagonal(stats["covariance"][7])), stats["std"][7], rtol=1e-3, atol=1e-4)
    assert stats["count"].sum() == len(mean)
    z = load_file(tmp_path / layout.LATENTS)["z"]
    assert z.dtype == np.float16 and len(z) == len(digits.split) == len(digits.rows.y)


def test_a_step_asked_for_too_early_names_the_one_before(tmp_path, digits):
    with pytest.raises(stages.StageMissing, match="run encode first"):
        stages.project(tmp_path)
    with pytest.raises(stages.StageMissing, match="run train first"):
        stages.encode(digits, tmp_path)


def test_maps_of_the_same_latents_are_the_same_file(quick, tmp_path):
    (tmp_path / layout.LATENTS).write_bytes(save({"z": np.random.default_rng(0).random((9, 4)).astype(np.float16)}))
    made = set()
    for _ in range(6):
        stages.project(tmp_path)
        made.add((tmp_path / layout.PROJECTIONS).read_bytes())
    assert len(made) == 1


def test_a_worker_gives_the_answer_of_its_function():
    assert stages.in_worker(divmod, 17, 5) == (3, 2)


PARENT = """
import os, sys, time
from pathlib import Path
from latent_core.training.steps import stages

def work(place):
    Path(place).write_text(str(os.getpid()))
    time.sleep(60)

if __name__ == "__main__":
    stages.in_worker(work, sys.argv[1])
"""


def test_a_worker_ends_with_its_parent_that_is_killed(tmp_path):
    (tmp_path / "parent.py").write_text(PARENT)
    place, house = tmp_path / "pid", str(ROOT)
    parent = subprocess.Popen([sys.executable, tmp_path / "parent.py", place], env=os.environ | {"PYTHONPATH": house})
    wait_for(lambda: place.is_file() and place.read_text())
    worker = int(place.read_text())
    os.kill(worker, 0)
    parent.kill()
    parent.wait()
    wait_for(lambda: not Path(f"/proc/{worker}").exists())


def wait_for(true, seconds=40):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
