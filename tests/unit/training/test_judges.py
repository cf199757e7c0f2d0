"""The classifier, the judge and the guide learn, and go on after a kill."""

import numpy as np
import pytest
import torch

from latent_core.training.judges import classifier, judge
from latent_core.training.judges.mixtures import Mixer
from latent_core.training.steps import checkpoint
from tests.unit.training.small import Killed


def test_the_small_classifier_learns(digits):
    trained = classifier.train(digits.train, 150)
    with torch.no_grad():
        shares = trained(torch.from_numpy(digits.test.pictures())).numpy()
    assert np.allclose(shares.sum(1), 1, atol=1e-5)
    assert (shares.argmax(1) == digits.test.y).mean() > 0.75


def small_training(which, few):
    """The training of a classifier or a judge: (on_step, resume) to its weights."""
    if which == "classifier":
        return lambda on_step, resume: classifier.train(few, 6, on_step=on_step, resume=resume)
    x, y = torch.from_numpy(few.pictures()), torch.from_numpy(few.y).long()
    spec = {"judge": judge.JUDGE, "guide": judge.GUIDE}[which]

    def train(on_step, resume):
        mixer = Mixer(x, y, 10, x.flip(2), spec.mixings, torch.Generator().manual_seed(spec.seed))
        return judge.train(spec, mixer, 6, on_step, resume)

    return train


@pytest.mark.parametrize("killed", [1, 4, 6])
@pytest.mark.parametrize("which", ["classifier", "judge", "guide"])
def test_a_killed_classifier_or_judge_goes_on_and_has_the_same_weights_bit_for_bit(which, killed, few, tmp_path):
    train = small_training(which, few)
    whole = train(lambda step, steps: None, None)
    resume, steps_of_the_second = checkpoint.Resume(tmp_path / which, {"steps": 6}, every=0), []

    def kill(step, steps):
        if step == killed:
            raise Killed

    with pytest.raises(Killed):
        train(kill, resume)
    torch.rand(7)  # whatever torch's own generator has given meanwhile
    again = train(lambda step, steps: steps_of_the_second.append(step), resume)
    assert steps_of_the_second == list(range(killed + 1, 7))
    for one, other in zip(whole.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_a_training_of_something_else_is_not_gone_on_from(few, tmp_path):
    train, steps = small_training("classifier", few), []
    train(lambda step, steps: None, checkpoint.Resume(tmp_path, {"pictures": "these"}, every=0))
    train(lambda step, _: steps.append(step), checkpoint.Resume(tmp_path, {"pictures": "those"}, every=0))
    assert steps == [1, 2, 3, 4, 5, 6]
