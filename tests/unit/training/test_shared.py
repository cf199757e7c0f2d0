"""What the models of a dataset share, and that pictures of the same name are never mixed up."""

from functools import partial

import numpy as np
import pytest

from latent_core import artifacts
from latent_core.artifacts import layout
from latent_core.commands import items, progress
from latent_core.training.presets import Preset
from latent_core.training.steps import checkpoint, loop, shared, stages
from tests.unit.training.small import Killed, made, own_pictures


def test_a_tile_of_the_sprite_is_its_row(digits):
    import io

    from PIL import Image

    x = digits.rows.x[:10]
    sheet = np.asarray(Image.open(io.BytesIO(shared.sprite(x, 4))).convert("L"))
    assert sheet.shape == (3 * 8, 4 * 8)
    assert (sheet[8:16, 16:24] == x[6, ..., 0]).all()


def test_pictures_that_changed_behind_a_run_a_dataset_or_a_model_are_refused(quick, tmp_path):
    found, other = own_pictures(), own_pictures(seed=1)
    models, runs = tmp_path / "models", tmp_path / "runs"
    list(items.make_shared(found, models, runs, steps=1))
    made(found, "elbo", models, runs)
    with pytest.raises(stages.OtherPictures, match=r"other pictures of mine .* give these another name"):
        made(other, "mmd", models, runs)
    with pytest.raises(stages.OtherPictures):
        list(items.make_shared(other, models, runs, steps=1))
    with pytest.raises(stages.OtherPictures):
        list(items.make_judges(other, None, models, runs, steps=1))
    with pytest.raises(loop.OtherPlan, match="a run on other pictures: delete it"):
        loop.train(Preset("elbo", 2, width=8, epochs=1, batch=8), other.train, runs / "mine/elbo-2")
    with pytest.raises(stages.OtherPictures, match="delete it and train again"):
        stages.encode(other, runs / "mine/elbo-2")


def test_data_keeps_the_judges_of_the_same_pictures(quick, tmp_path):
    found, runs = own_pictures(), tmp_path / "runs"
    list(items.make_shared(found, tmp_path, runs, steps=1))
    list(items.make_judges(found, None, tmp_path, runs, steps=1))
    before = artifacts.open_dataset("mine", tmp_path)
    list(items.make_shared(found, tmp_path, runs, steps=2))
    after = artifacts.open_dataset("mine", tmp_path)
    assert after.judge == before.judge and after.files[layout.JUDGE] == before.files[layout.JUDGE]


def test_a_killed_making_of_what_models_share_goes_on_to_the_same_files_and_leaves_nothing(
    quick, tmp_path, monkeypatch
):  # fmt: skip
    found, ways = own_pictures(), {}
    monkeypatch.setattr(shared, "Resume", partial(checkpoint.Resume, every=0))
    at = progress.Item.at
    for way in ("whole", "killed"):
        models, runs = tmp_path / way / "models", tmp_path / way / "runs"
        if way == "killed":

            def kill(bar, step, steps):
                at(bar, step, steps)
                if (step, steps) == (3, 5):
                    raise Killed

            monkeypatch.setattr(progress.Item, "at", kill)
            with pytest.raises(Killed):
                list(items.make_shared(found, models, runs, steps=5))
            assert not models.exists() and [*runs.rglob("*.safetensors")]
            monkeypatch.setattr(progress.Item, "at", at)
        list(items.make_shared(found, models, runs, steps=5))
        ways[way] = {path.name: path.read_bytes() for path in (models / "mine").iterdir()}
        assert not runs.exists() or not any(path.is_file() for path in runs.rglob("*"))
    assert ways["whole"] == ways["killed"]


def test_two_trainings_of_one_name_at_once_are_kept_apart(quick, tmp_path):
    with (
        artifacts.alone(tmp_path / "mine/elbo-2", "it"),
        pytest.raises(artifacts.Busy, match="mine/elbo-2 is being trained by another process"),
    ):
        made(own_pictures(), "elbo", tmp_path / "models", tmp_path)
    assert list(tmp_path.iterdir()) == []
