"""The judges: nothing is seen in nothing, overlays are seen, and how they learn is balanced."""

import numpy as np
import pytest
import torch
from safetensors.numpy import load

from latent_core import evidence
from latent_core.artifacts import layout
from latent_core.models.dataset import EncodedDataset
from latent_core.training.judges import colours
from latent_core.training.judges import judge as judges
from latent_core.training.judges.mixtures import Mixer, average, even_average, log_odds, overlay, veil
from tests import shipped

JUDGED = shipped.judged()
FAMILIES = (overlay, veil, average, even_average, log_odds)


def pictures(dataset: EncodedDataset, count: int, rng: np.random.Generator) -> np.ndarray:
    """Held-out pictures (count, channels, height, width)."""
    rows = rng.choice(np.flatnonzero(dataset.rows["split"] == 1), count)
    found = dataset.thumbs[rows].astype(np.float32) / 255
    return found.transpose(0, 3, 1, 2) if found.ndim == 4 else found.reshape(count, *dataset.card.shape)


def over(layers: np.ndarray, dataset: EncodedDataset) -> np.ndarray:
    """The overlay of layers (n, ...): at each pixel the one that is farthest from the ground."""
    layers = layers.reshape(-1, *dataset.card.shape)
    ink = np.abs(layers - dataset.ground[:, None, None]).max(axis=1, keepdims=True)
    found: np.ndarray = np.take_along_axis(layers, ink.argmax(axis=0)[None], axis=0)[0]
    return found


def control(name: str, dataset: EncodedDataset) -> np.ndarray:
    """Pictures that show none, or only one, of the chosen classes."""
    rng, (channels, height, width) = np.random.default_rng(2), dataset.card.shape
    y, x = np.mgrid[:height, :width]
    disc = ((y - height / 2 + 0.5) ** 2 + (x - width / 2 + 0.5) ** 2 < (0.36 * height) ** 2).astype(np.float32)
    made = {
        "blank": np.broadcast_to(dataset.ground[:, None, None], (1, channels, height, width)),
        "grey": np.full((1, channels, height, width), 0.5),
        "noise": rng.random((100, channels, height, width)),
        "patches": rng.random((100, channels, 7, 7))[..., y * 7 // height, x * 7 // width],
        "disc": np.abs(dataset.ground[:, None, None] - np.broadcast_to(disc, (1, channels, height, width))),
        "one real picture": pictures(dataset, 200, rng),
    }
    if name in made:
        return made[name].astype(np.float32)
    held = load((dataset.folder / layout.CONTROLS).read_bytes())["foreign"].astype(np.float32) / 255
    return np.stack([over(held[rng.choice(len(held), int(name[-1]))], dataset) for _ in range(200)])


CONTROLS = (
    "blank", "grey", "noise", "patches", "disc", "one real picture", "strangers, 1", "strangers, 3", "strangers, 5",
)  # fmt: skip


@pytest.mark.parametrize("file", ["judge", "guide"])
@pytest.mark.parametrize("name", CONTROLS)
@pytest.mark.parametrize("slug", JUDGED)
def test_a_control_is_no_blend(slug: str, name: str, file: str) -> None:
    dataset = shipped.dataset(slug)
    if name.startswith("strangers") and layout.CONTROLS not in dataset.card.files:
        assert dataset.card.thumbs.kind == "reconstruction", "only where originals may not ship"
        return
    bits = getattr(dataset, file).bits(control(name, dataset))
    rng, classes = np.random.default_rng(3), len(dataset.card.classes)
    for n in (3, 5):
        areas, least = [], []
        for i in range(200):
            chosen = np.zeros(classes, bool)
            chosen[rng.choice(classes, n, replace=False)] = True
            areas.append(evidence.recoverability(bits[i % len(bits)], chosen))
            least.append(bits[i % len(bits)][chosen].min())
        assert abs(np.mean(areas) - 0.5) <= 0.06, "random classes cannot be recovered from it"
        assert np.mean(least) < 0 and np.mean(np.array(least) > 0) <= 0.1, "the weakest of the classes is not in it"
    if name in ("blank", "grey") and file == "judge":
        assert bits.max() < 0, "nothing is never counted as a class"


@pytest.mark.parametrize("slug", JUDGED)
def test_a_literal_overlay_of_three_is_seen_and_a_single_picture_is_itself(slug: str) -> None:
    dataset, rng = shipped.dataset(slug), np.random.default_rng(5)
    y, held = dataset.rows["y"], np.flatnonzero(dataset.rows["split"] == 1)
    classes = len(dataset.card.classes)
    for judge in (dataset.judge, dataset.guide):
        assert judge is not None
        few = len(held) < 100  # drawings by two sets of artists whom the judges never saw
        for n, least in ((1, 0.9 if few else 0.95), (3, 0.7 if few else 0.75)):
            found = []
            for _ in range(150):
                chosen = np.isin(np.arange(classes), rng.choice(classes, n, replace=False))
                rows = [rng.choice(held[y[held] == k]) for k in np.flatnonzero(chosen)]
                layers = dataset.thumbs[rows].astype(np.float32) / 255
                layers = layers.transpose(0, 3, 1, 2) if layers.ndim == 4 else layers
                bits = judge.bits(over(layers, dataset)[None])[0]
                found.append(evidence.recoverability(bits, chosen))
            assert np.mean(found) > least


def test_present_and_absent_classes_weigh_the_same_however_many_there_are() -> None:
    for n in (1, 5, 19):
        present = torch.zeros(1, 20)
        present[0, :n] = 1
        nothing_known = judges.balanced(torch.zeros(1, 20), present)
        assert nothing_known.item() == pytest.approx(np.log(2)), "knowing nothing costs one bit"
        certain = torch.full((1, 20), 30.0)
        named_all = judges.balanced(certain, present).item()
        assert named_all == pytest.approx(15, abs=0.1), "naming all is as wrong however many are right"


@pytest.mark.parametrize("mixing", FAMILIES)
def test_a_mixture_of_one_picture_is_that_picture(mixing) -> None:
    rng = torch.Generator().manual_seed(1)
    layers = torch.rand(4, 2, 30, generator=rng).round()
    weights = torch.tensor([[1.0, 0.0]]).expand(4, 2)
    mixed = mixing(layers, weights, rng)
    found = torch.stack([torch.corrcoef(torch.stack([a, b]))[0, 1] for a, b in zip(mixed, layers[:, 0], strict=True)])
    assert found.min() > 0.99


COLOURINGS = (colours.farthest, colours.covering, colours.mean, colours.even_mean, colours.regions)


@pytest.mark.parametrize("mixing", COLOURINGS)
def test_a_mixture_in_colour_of_one_picture_is_that_picture_on_its_ground(mixing) -> None:
    rng, ground = torch.Generator().manual_seed(1), torch.tensor([1.0, 0.9, 0.8])
    pictures = ground[:, None, None].expand(6, 3, 8, 8).clone()
    pictures[:, :, 2:6, 2:6] = torch.rand(6, 3, 4, 4, generator=rng)
    mixer = Mixer(pictures, torch.arange(6) % 3, 3, pictures, (mixing,), rng, ground)
    layers = mixer.pictures[:4].view(2, 2, -1)
    made = mixer.mixed(0, layers, torch.tensor([[1.0, 0.0], [0.0, 1.0]]))
    torch.testing.assert_close(made, pictures[[0, 3]], atol=1e-5, rtol=0)
    blank = mixer.mixed(0, 0 * layers, torch.tensor([[0.5, 0.5], [0.3, 0.7]]))
    torch.testing.assert_close(blank, ground[:, None, None].expand(2, 3, 8, 8), atol=1e-6, rtol=0)


def test_a_white_face_on_white_covers_what_lies_behind_it() -> None:
    face = torch.ones(1, 3, 12, 12)
    face[:, :, 3:9, 3:9] = 0  # an outline
    face[:, :, 4:8, 4:8] = 1
    covered = colours.layers_of(face, torch.ones(3))[0, 3]
    assert covered.sum() == 36 and covered[5, 5] == 1 and covered[0, 0] == 0


def test_nothing_on_a_ground_is_that_ground_and_half_of_it_is_in_colour() -> None:
    rng, ground = torch.Generator().manual_seed(1), torch.ones(3)
    mixer = Mixer(torch.rand(4, 3, 8, 8), torch.arange(4) % 2, 2, torch.rand(3, 3, 8, 8), (colours.mean,), rng, ground)
    made = mixer.nothing(200)
    assert 0.1 < (made == 1).all(dim=(1, 2, 3)).float().mean() < 0.4, "blank is the ground"
    grey = (made == made[:, :1]).all(dim=(1, 2, 3))
    assert 0.4 < grey.float().mean() < 0.9
    torch.testing.assert_close(judges.soften(torch.ones(50, 3, 8, 8), rng, ground), torch.ones(50, 3, 8, 8))


def test_clouds_are_smooth_and_each_of_its_own_colours() -> None:
    rng, ground = torch.Generator().manual_seed(1), torch.ones(3)
    mixer = Mixer(
        torch.rand(4, 3, 32, 32), torch.arange(4) % 2, 2, torch.rand(3, 3, 32, 32), (colours.mean,), rng, ground
    )
    made = mixer.clouds(100)
    assert made.min() >= 0 and made.max() <= 1
    steps, spread = made.diff(dim=3).abs().mean(), made.std(dim=3).mean()
    assert steps < spread, "a neighbour is more alike than a pixel from anywhere (of noise it is not)"
    assert made.mean(dim=(2, 3)).std() > 0.1


@pytest.mark.parametrize("file", ["judge", "guide"])
def test_no_animal_is_seen_in_clouds(file: str) -> None:
    dataset, rng = shipped.dataset("animals"), np.random.default_rng(5)
    noise = np.cumsum(np.cumsum(rng.random((50, 3, 72, 72)) - 0.5, 2), 3)
    smooth = noise[..., 8:, 8:] - noise[..., :-8, 8:] - noise[..., 8:, :-8] + noise[..., :-8, :-8]
    smooth = (smooth - smooth.min((2, 3), keepdims=True)) / np.ptp(smooth, (2, 3), keepdims=True)
    assert (getattr(dataset, file).bits(smooth.astype(np.float32)) > 0).sum(1).mean() < 0.5, "4.0 before it met any"


def test_a_mixer_says_what_it_mixed() -> None:
    rng = torch.Generator().manual_seed(1)
    eye = torch.zeros(40, 1, 8, 8)  # class k is a lit pixel at 9 k + 18, away from the border
    y = torch.arange(40) % 4
    for row, k in enumerate(y.tolist()):
        eye[row, 0, 2 + k, 2 + k] = 1
    mixer = Mixer(eye, y, 4, torch.zeros(3, 1, 8, 8), (overlay,), rng)
    for n in (1, 2, 3):
        made, present = mixer.draw(50, torch.full((50,), n))
        assert (present.sum(1) == n).all() and made.shape == (50, 1, 8, 8)
        assert ((made > 0).flatten(1).sum(1) >= 1).all()


def test_a_bit_is_a_log_likelihood_ratio_to_base_two() -> None:
    class Fixed(torch.nn.Module):
        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            return torch.full((len(pictures), 2), float(np.log(8)))

    bits = judges.Bits(Fixed(), temperature=1.0)(torch.zeros(1, 1, 8, 8))
    torch.testing.assert_close(bits, torch.full((1, 2), 3.0))  # odds of 8 : 1 are three bits


def test_a_judge_learns(tmp_path) -> None:
    rng = torch.Generator().manual_seed(1)
    x = torch.zeros(300, 1, 12, 12)
    y = torch.arange(300) % 3
    for row, k in enumerate(y.tolist()):
        x[row, 0, 2 + 3 * k : 4 + 3 * k, 2:10] = 1
    mixer = Mixer(x, y, 3, torch.rand(20, 1, 12, 12, generator=rng), (overlay, average), rng)
    steps = []
    net = judges.train(judges.JUDGE, mixer, 60, lambda step, total: steps.append((step, total)))
    made, present = mixer.draw(200)
    with torch.no_grad():
        assert judges.balanced(net(made), present).mean() < 0.6 * np.log(2)
    assert steps[-1] == (60, 60) and 0.4 < judges.temperature(net, mixer, 3) < 4.1
