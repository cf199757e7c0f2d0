"""A slower blend in a process of its own: result, refusal, cancelling, a crash, too many, and a visitor who leaves."""

import time
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from latent_core import slow
from latent_core.jobs import job as jobs
from latent_core.jobs import slow_blend
from latent_core.jobs.job import Job
from latent_core.jobs.slow_blend import start_slow_blend
from latent_core.language import speaking
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta
from latent_core.slow._parcel import packed, unpacked
from tests.unit.test_slow import recipe

LONG = recipe(slug="omniglot/mmd-16")


def process_of(job: Job) -> int:
    """The number of the job's process, once there is one."""
    end = time.monotonic() + 10
    while job._process is None and time.monotonic() < end:
        time.sleep(0.01)
    assert job._process
    return job._process.pid


def test_a_job_makes_what_the_method_makes() -> None:
    job = start_slow_blend("collage", recipe()).wait()
    assert job.sentence == "" and job.finished and not job.running
    here = slow.make("collage", recipe())
    assert np.array_equal(job.finished.picture, here.picture) and job.finished.own_ink == here.own_ink
    assert np.array_equal(job.finished.layers, here.layers) and here.layers.shape == (3, 112, 112)
    assert job.finished.recipe == here.recipe and job.finished.what == here.what


def test_a_parcel_keeps_every_bit() -> None:
    made = slow.Finished(np.random.default_rng(1).random((3, 5, 4), np.float32), np.arange(3, dtype=np.float32), LONG)
    made = replace(made, without=np.arange(24, dtype=np.uint8).reshape(2, 1, 3, 4))
    back = unpacked(packed(made), LONG)
    assert np.array_equal(back.picture, made.picture) and np.array_equal(back.latent, made.latent)
    assert np.array_equal(back.without, made.without) and back.layers.shape == made.layers.shape
    assert (back.recipe, back.what, back.own_ink) == (made.recipe, "", {})


def test_what_the_method_refuses_comes_back_as_its_sentence() -> None:
    with speaking("de"):  # in the language of whoever asked, whom the process cannot ask
        job = start_slow_blend("collage", recipe(("T-shirt", "Trousers"), "fashion/elbo-16"))
        assert "keine Strichlinien" in job.wait().sentence and job.in_this_language() is None and job.finished is None
    again = job.in_this_language()
    assert again and "no pen lines" in again.wait().sentence, "somebody else wanted the same, and reads English"
    job = start_slow_blend("collage", Recipe("omniglot", "nothing-16", (("Latin b", 50.0),))).wait()
    assert "nothing-16" in job.sentence and job.finished is None


def test_cancelling_ends_the_process_and_says_nothing() -> None:
    job = start_slow_blend("search", LONG)
    process_of(job)
    began = time.monotonic()
    job.cancel()
    job.wait()
    assert time.monotonic() - began < 5 and job._process and job._process.returncode is not None
    assert job.finished is None and job.sentence == "" and not job.running


def test_cancelling_before_there_is_a_process() -> None:
    job = start_slow_blend("search", LONG)
    job.cancel()
    job.wait()
    assert job.finished is None and not job.running


def test_a_killed_process_ends_in_a_sentence() -> None:
    job = start_slow_blend("search", LONG)
    process_of(job)
    assert job._process
    job._process.kill()
    job.wait()
    assert job.finished is None and job.sentence == jobs.STOPPED


def test_a_process_that_cannot_start_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs.sys, "executable", "/nowhere/python")
    job = start_slow_blend("search", LONG).wait()
    assert job.sentence.startswith(jobs.STOPPED) and not job.running


def test_the_third_waits_for_its_turn_and_the_same_order_is_one_job() -> None:
    first, second = start_slow_blend("search", LONG), start_slow_blend("search", replace(LONG, seed=9))
    third = start_slow_blend("collage", recipe())
    assert third.waiting and third.running and third._process is None and not first.waiting
    assert start_slow_blend("search", replace(LONG, theta=Theta(0.5))) is first
    first.cancel()
    assert first.running, "the other visitor still wants it"
    first.cancel()
    assert third.wait().finished and not first.wait().running
    second.cancel()
    second.wait()


def test_when_there_are_far_too_many_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_blend.Work("latent_core.slow", slow_blend._finished).places(), "most", 0)
    assert start_slow_blend("search", LONG).sentence == jobs.CROWDED


def test_what_is_made_is_kept_for_a_visitor_who_lost_the_connection() -> None:
    kept: list[slow.Finished] = []
    job = start_slow_blend("collage", recipe(), keep=kept.append).wait()
    assert kept == [job.finished]


def test_a_visitor_who_leaves_ends_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_blend, "Work", partial(jobs.Work, patience=0.0))
    job = start_slow_blend("search", LONG)
    end = time.monotonic() + 10
    while job in jobs._running and time.monotonic() < end:  # nobody asks
        time.sleep(0.05)
    assert job.finished is None and job.sentence == "" and not job.running
