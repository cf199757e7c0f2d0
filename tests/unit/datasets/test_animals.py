"""Animals: drawings by several artists, and copies of them."""

import numpy as np
import torch

from latent_core.datasets import animals
from latent_core.datasets._redrawn import Redrawn


def test_animals_that_no_network_sees_are_by_other_artists_and_every_drawing_has_its_licence(monkeypatch):
    monkeypatch.setattr(animals, "EACH", 8)
    train, test = animals.load(None, "train"), animals.load(None, "test")
    assert train.x.shape[1:] == test.x.shape[1:] == (64, 64, 3) and len(train.names) == len(set(train.names)) == 20
    drawn = len(train.originals)
    assert {*np.bincount(train.y)} == {8} and np.bincount(train.y[:drawn]).min() == 5 and len(test.x) == 37
    mean = train.originals.reshape(drawn, 64, 2, 64, 2, 3).astype(float).mean((2, 4))
    assert np.abs(mean - train.x[:drawn]).max() <= 0.5, "the first ones are the drawings, a quarter of the size"
    assert (train.x[:, 0, 0] == 255).all(1).mean() > 0.9, "copies stay on white"
    assert not train.changed[:drawn].any() and train.changed[drawn:].all() and test.changed is None
    assert (train.artist == train.artist[train.drawn_from]).all() and set(train.artist).isdisjoint(test.artist)
    assert train.artists[train.artist[0]] == "Google (Noto Emoji)" and test.artists == train.artists
    near = np.abs(test.x.reshape(37, 1, -1).astype(int) - train.x.reshape(1, len(train.x), -1)).mean(2).min(1)
    assert near.min() > 8, "no held-out drawing is among the training pictures"
    folder = animals.artifacts.folder_of("animals")
    told = (folder / "licences.md").read_text()
    for artist in animals.artists():
        licence = artist["licence"].replace("CC-", "CC ").replace("-4", " 4")
        assert f"| {artist['name']} | {artist['by']} | {licence} |" in told
    assert {artist["split"] for artist in animals.artists() if "mojione" in artist["package"]} == {"test"}
    assert all((folder / name).is_file() for name in animals.ABOUT.originals)


def test_a_drawing_is_redrawn_on_white_the_same_by_the_same_seed():
    ink = torch.ones(2, 3, 32, 32, dtype=torch.float64)
    ink[0, 1:, 8:24, 8:24] = 0  # red
    redrawn = Redrawn(ink, 16)
    first, again, other = (
        redrawn.draw(torch.tensor([0, 1, 0]), torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert torch.equal(first, again) and not torch.equal(first, other) and first.shape == (3, 3, 16, 16)
    assert (first[1] > 0.999).all(), "white stays white"
    assert (first[:, :, 0] > 0.999).all() and not torch.equal(first[0], first[2])
    red = first[0, :, 7:9, 7:9].mean((1, 2))
    assert red[0] > 0.7 and red[1:].max() < 0.4
    assert torch.equal(redrawn.plain()[0, 1, 4:12, 4:12], torch.zeros(8, 8, dtype=torch.float64))
