"""A search in a process of its own: result, points on the way, refusal, cancelling, and going on afterwards."""

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from latent_core import search
from latent_core.jobs.job import STOPPED
from latent_core.jobs.search_run import points, start_search
from latent_core.search import __main__ as process
from tests.harness.serving import ROOT
from tests.unit import folders

QUICK = {"model": "tiny/elbo-2", "kind": "simple", "accuracy": 0.9, "worst": 0.9}
LONG = {**QUICK, "kind": "medium1", "seed": 77}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folders.write_searchable(tmp_path_factory.mktemp("models"))


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, models: Path) -> Path:
    """States of ended searches lie where only the test looks."""
    monkeypatch.setenv("MEDLEY_MODELS", str(models))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(process.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_job_finds_what_a_search_finds_and_tells_its_points() -> None:
    job = start_search(QUICK)
    here = search.search(search.read(QUICK))  # meanwhile, on another core
    job.wait(240)
    assert job.sentence == "" and job.finished and not job.running and job.share == 1
    assert job.finished["theta"] == here["theta"] and job.finished["scores"] == here["scores"]
    assert np.array(here["theta"]).shape == (3, 2) and here["scores"]["own_bound"] > 0.89
    assert points(job) == [(here["scores"]["cosine"], here["scores"]["own"])]
    assert here["scores"]["judge"] > 0.89 and here["family"] == "diagonal"


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({"model": "tiny/elbo-2", "kind": "nope"}, "there is no family 'nope'"),
        ({"model": "tiny/none-2"}, "card.json is not there"),
        ({"model": "../tiny"}, "is not the name of a model"),
        ({}, "no model"),
        ({"model": "tiny/elbo-2", "accuracy": "much"}, "accuracy must be a number"),
        ({"model": "tiny/elbo-2", "nonsense": 1}, "nonsense"),
    ],
)
def test_what_cannot_be_searched_comes_back_as_a_sentence(order: dict[str, object], sentence: str) -> None:
    job = start_search(order).wait()
    assert sentence in job.sentence and job.finished is None


def test_a_cancelled_search_says_nothing_and_its_order_goes_on_where_it_was(own_folder: Path) -> None:
    job = start_search(LONG)
    end = time.monotonic() + 120
    while not points(job) and job.running and time.monotonic() < end:
        time.sleep(0.05)
    job.cancel()
    job.wait()
    assert job.finished is None and job.sentence == "" and points(job)
    kept = next(own_folder.glob("medley-search-*/*.json"))
    assert json.loads(kept.read_text())["round"] >= 1
    assert process.place(search.read(LONG)) == kept
    again = start_search(LONG).wait(240)
    assert again.finished and list(points(job)[0]) in again.finished["points"]
    assert not kept.exists(), "the state of a finished search is removed"


def test_a_killed_process_ends_in_a_sentence() -> None:
    job = start_search(LONG)
    end = time.monotonic() + 10
    while job._process is None and time.monotonic() < end:
        time.sleep(0.01)
    assert job._process
    job._process.kill()
    job.wait()
    assert job.finished is None and job.sentence == STOPPED


def test_the_list_of_searches_is_cheap() -> None:
    heavy = ["scipy", "cma", "torch", "tyro"]
    code = f"import sys, latent_core.search; print([name for name in {heavy!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
