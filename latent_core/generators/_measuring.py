"""The two measures of a generator as graphs: how alike a class's pictures are, and how many are of that class."""

from torch import Tensor, arange

from latent_core.blends._helpers import Helper


def alike(pictures: Tensor, ground: Tensor) -> Tensor:
    """Mean cosine of all ordered pairs of different pictures of one class, (classes,), -1..1; for pictures 0..1.

    Of what is drawn: pictures less their ground, as on a white one all would be alike for being white.

    Closed form, linear in the draws N: with u = x / |x| it is (|sum u|^2 - N) / (N (N - 1)). A blank picture counts as
    the direction 0. With one draw there is no pair, and the answer is 1.

    Args:
        pictures: (draws, classes, pixels).
        ground: (pixels,) 0..1.
    """
    drawn = pictures - ground
    unit = drawn / drawn.square().sum(2, keepdim=True).sqrt().clamp_min(1e-12)
    draws = (unit * 0 + 1).sum(0).mean(1)  # as a tensor, so that it stays a size of the graph
    total = unit.sum(0).square().sum(1) - unit.square().sum((0, 2))
    pairs = draws * (draws - 1)
    return total / pairs.clamp_min(1) + (pairs < 1).to(unit.dtype)


def right(probabilities: Tensor) -> Tensor:
    """Share of draws whose most probable class is the wanted one, (classes,), 0..1.

    Args:
        probabilities: (draws, classes, classes): row c of a draw is what a classifier says to the picture of class c.
    """
    wanted = arange(probabilities.shape[1])
    return (probabilities.argmax(2) == wanted).to(probabilities.dtype).mean(0)


MEASURES = (
    Helper(alike, {"pictures": "draws classes pixels", "ground": "pixels"}, ("cosine",)),
    Helper(right, {"probabilities": "draws classes classes"}, ("right",)),
)
