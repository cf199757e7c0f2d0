"""A prior of codes: from a class to the codes of a picture, cell by cell, each by what stands before it."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks.vq import VqDecoder
from latent_core.training.steps.minimise import OnStep, minimise, rising_and_falling

HIDDEN, WORD, PLACE = 112, 20, 12
"""Units that remember what was drawn so far; numbers that stand for a code; and for a class or a cell's place."""
EPOCHS, BATCH, RATE = 4, 256, 4e-3
COLDEST = 0.05
"""Temperature of a variety of 0: below it, each cell takes its likeliest code."""


class CodePrior(nn.Module):
    """p(codes given class) = prod_i p(code_i given codes before it, class): one gated step a cell, row after row.

    A step reads the code before it and the three above it, its place and the class, and keeps what it has read in one
    state: h <- h + s (tanh(c) - h) with s, c affine in what is read and h (a minimal gated unit; Zhou et al. 2016).
    """

    def __init__(self, decoder: VqDecoder, classes: int) -> None:
        super().__init__()
        columns = decoder.grid[1]
        self.cells = decoder.grid[0] * columns
        self.back = (1, columns - 1, columns, columns + 1)
        self.register_buffer("book", decoder.book.T.detach().clone())
        self.words = nn.Embedding(len(self.book), WORD)
        self.place = nn.Embedding(self.cells, PLACE)
        self.kind = nn.Embedding(classes, PLACE)
        self.gates = nn.Linear(len(self.back) * WORD + 2 * PLACE + HIDDEN, 2 * HIDDEN)
        self.say = nn.Linear(HIDDEN, WORD)
        self.usual = nn.Parameter(torch.zeros(len(self.book)))

    def step(self, read: Tensor, state: Tensor) -> Tensor:
        """The state (n, HIDDEN) after a cell that reads (n, words, place and class)."""
        s, c = self.gates(torch.cat([read, state], 1)).chunk(2, 1)
        return state + torch.sigmoid(s) * (torch.tanh(c) - state)

    def logits(self, codes: Tensor, y: Tensor) -> Tensor:
        """(n, cells, codes): of each cell's code given the true codes before it; codes (n, cells), y (n,)."""
        words = F.pad(self.words(codes), (0, 0, max(self.back), 0))
        first = max(self.back)
        near = [words[:, first - back : first - back + self.cells] for back in self.back]
        known = torch.cat(
            [self.place.weight.expand(len(y), -1, -1), self.kind(y)[:, None].expand(-1, self.cells, -1)], 2
        )
        read = torch.cat([*near, known], 2)
        state, states = read.new_zeros(len(y), HIDDEN), []
        for cell in range(self.cells):
            state = self.step(read[:, cell], state)
            states.append(state)
        return self.say(torch.stack(states, 1)) @ self.words.weight.T + self.usual

    def forward(self, noise: Tensor, theta: Tensor, n: Tensor, which: Tensor) -> Tensor:
        """z (draws, classes, latent), as a family of generators gives it.

        A cell's code is the first whose cumulative probability is above the normal distribution function of the cell's
        noise; probabilities are softmax(logits / t) with temperature t = theta / sqrt(n), of the cell's first number.

        Args:
            noise: (draws, classes, latent + 1), of which each cell takes the first of its own.
            theta: (classes, latent); n: ().
            which: (classes, all classes), 1 where a row is that class.
        """
        draws, code = noise.shape[0], self.book.shape[1]
        level = 0.5 * (1 + torch.erf(noise[:, :, : self.cells * code : code] / 2**0.5)).reshape(-1, self.cells)
        warm = (theta[:, ::code] / torch.sqrt(n)).clamp_min(COLDEST).expand(draws, -1, -1).reshape(-1, self.cells)
        kind = (which @ self.kind.weight).expand(draws, -1, -1).reshape(-1, PLACE)
        none = kind[:, :1] * 0
        state, words, found = none.expand(-1, HIDDEN), [none.expand(-1, WORD)] * max(self.back), []
        for place, at, heat in zip(self.place.weight.split(1), level.split(1, 1), warm.split(1, 1), strict=True):
            near = [words[len(words) - back] for back in self.back]
            state = self.step(torch.cat([*near, place + none, kind], 1), state)
            said = self.say(state) @ self.words.weight.T + self.usual
            below = F.softmax(said / heat, 1).cumsum(1)
            chosen = (below <= at).to(torch.int64).sum(1).clamp_max(len(self.book) - 1)
            words.append(self.words(chosen))
            found.append(F.embedding(chosen, self.book))
        return torch.cat(found, 1).reshape(draws, -1, self.cells * code)


def train(
    decoder: VqDecoder, codes: Tensor, y: Tensor, classes: int, epochs: int = EPOCHS, seed: int = 1,
    on_step: OnStep = lambda step, steps: None,
) -> CodePrior:  # fmt: skip
    """A prior that gives the codes of real pictures the highest probability; AdamW.

    Args:
        codes: (n, cells) int64 of pictures of the classes y (n,).
    """
    rng = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = CodePrior(decoder, classes)
    steps = epochs * -(-len(codes) // BATCH)

    def losses() -> Iterator[Tensor]:
        for _ in range(epochs):
            for chosen in torch.randperm(len(codes), generator=rng).split(BATCH):
                yield F.cross_entropy(model.logits(codes[chosen], y[chosen]).flatten(0, 1), codes[chosen].flatten())

    adam = torch.optim.AdamW(model.parameters(), weight_decay=1e-3, fused=True)
    minimise(adam, losses(), steps, rising_and_falling(RATE), on_step)
    return model.eval()


def nats(model: CodePrior, codes: Tensor, y: Tensor, batch: int = 1000) -> float:
    """-log p(codes given class), mean over pictures, in nats per image; codes (n, cells), y (n,)."""
    total = 0.0
    with torch.no_grad():
        for some, of in zip(codes.split(batch), y.split(batch), strict=True):
            said = model.logits(some, of).flatten(0, 1)
            total += F.cross_entropy(said, some.flatten(), reduction="sum").item()
    return total / len(codes)
