"""Piano rolls bar by bar: the hierarchical networks of MusicVAE; Roberts, Engel, Raffel, Hawthorne and Eck, 2018."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import (
    START_LOG_VARIANCE,
    Autoencoder,
    Decoder,
    Encoder,
    Likelihood,
    Network,
    Shape,
)

BAR = 4
"""Steps, columns of a picture, of a bar."""


@dataclass(frozen=True)
class Bars(Network):
    """A conductor says what each bar is to be, and each bar is then played by itself; both remember what was before."""

    likelihoods: ClassVar[tuple[Likelihood, ...]] = ("categorical",)

    width: int = 192
    """Units of the conductor; a bar has two thirds of it."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for piano rolls of that shape: a row for each note, a column for each step.

        Raises:
            ValueError: pictures in colour, which are no piano rolls.
        """
        if shape[0] != 1:
            raise ValueError("piano rolls are grey: a colour has no pitch; take another network, such as mlp")
        return Autoencoder(BarsEncoder(shape, latent, self.width), BarsDecoder(shape, latent, self.width))


class Cell(nn.Module):
    """A gated recurrent unit (Cho et al. 2014), written out so that it exports as plain products."""

    def __init__(self, given: int, state: int) -> None:
        super().__init__()
        self.given, self.past = nn.Linear(given, 3 * state), nn.Linear(state, 3 * state)

    def forward(self, given: Tensor, state: Tensor) -> Tensor:
        """The next state (rows, state), of the last one and of `self.given` (rows, 3 state) of what is heard."""
        past = self.past(state)
        size = state.shape[1]
        reset, keep = torch.sigmoid(given[:, : 2 * size] + past[:, : 2 * size]).split(size, 1)
        new = torch.tanh(given[:, 2 * size :] + reset * past[:, 2 * size :])
        return new + keep * (state - new)


class BarsEncoder(Encoder):
    """A dense layer reads each bar, and two recurrences go over the bars, one forwards and one backwards."""

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        _, notes, steps = shape
        self.bars, self.missing = -(-steps // BAR), -steps % BAR
        self.bar = nn.Linear(notes * BAR, width)
        self.forwards, self.backwards = Cell(width, width), Cell(width, width)
        self.mean, self.log_variance = nn.Linear(2 * width, latent), nn.Linear(2 * width, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def hidden(self, pictures: Tensor) -> Tensor:
        """(batch, 2 width): the last state of both recurrences."""
        roll = F.pad(pictures[:, 0], (0, self.missing)).transpose(1, 2)
        bars = F.softplus(self.bar(roll.reshape(-1, BAR * roll.shape[2])))
        ends = []
        for cell, order in ((self.forwards, range(self.bars)), (self.backwards, reversed(range(self.bars)))):
            given = cell.given(bars).reshape(-1, self.bars, 3 * bars.shape[1])
            state = 0 * bars.reshape(-1, self.bars, bars.shape[1])[:, 0]  # not zeros, whose number a graph would fix
            for number in order:
                state = cell(given[:, number], state)
            ends.append(state)
        return torch.cat(ends, 1)


class BarsDecoder(Decoder):
    """Latents to a state of the conductor for each bar, to a state for each step, to the log-odds of its notes.

    Log-odds are against a rest, so that in every column the pixels and the rest have sum 1. As in the paper, the
    conductor does not hear what the bars play; here, so that a blend moves smoothly, a step does not hear the last note
    either, and only remembers.
    """

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        _, self.notes, self.steps = shape
        self.shape, self.bars, self.wide = shape, -(-self.steps // BAR), max(1, 2 * width // 3)
        self.start = nn.Linear(latent, width)
        self.conductor, self.which_bar = Cell(width, width), nn.Parameter(0.1 * torch.randn(self.bars, 3 * width))
        self.open = nn.Linear(width, self.wide)
        self.player, self.which_step = Cell(width, self.wide), nn.Parameter(0.1 * torch.randn(BAR, 3 * self.wide))
        self.out = nn.Linear(self.wide, self.notes)

    def entry(self) -> nn.Linear:
        return self.start

    def first(self, z: Tensor) -> Tensor:
        """(rows, bars x width): the conductor's state in each bar."""
        state = torch.tanh(self.start(z))
        given, states = self.conductor.given(state)[:, None] + self.which_bar, []
        for bar in range(self.bars):
            state = self.conductor(given[:, bar], state)
            states.append(state)
        return torch.cat(states, 1)

    def second(self, first: Tensor) -> Tensor:
        """(rows, bars x steps of a bar x wide): the state in each step, every bar begun anew from the conductor's."""
        bars = first.reshape(-1, self.which_bar.shape[1] // 3)
        state, given, states = torch.tanh(self.open(bars)), self.player.given(bars)[:, None] + self.which_step, []
        for step in range(BAR):
            state = self.player(given[:, step], state)
            states.append(state)
        return torch.cat(states, 1).reshape(-1, self.bars * BAR * self.wide)

    def logits(self, second: Tensor) -> Tensor:
        odds = self.out(second.reshape(-1, self.wide)).reshape(-1, self.bars * BAR, self.notes)
        return odds[:, : self.steps].transpose(1, 2).flatten(1)

    def pixels(self, logits: Tensor) -> Tensor:
        """The probability of each note (row) in each step (column), next to that of a rest, whose log-odds are 0."""
        odds = logits.reshape(-1, self.notes, self.steps)
        return torch.softmax(F.pad(odds, (0, 0, 0, 1)), 1)[:, :-1].flatten(1)
