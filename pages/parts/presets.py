"""Blends worth seeing, by names that make curious: the gallery of the Blend page, and the stories of a presentation.

`python -m pages.parts.presets` draws their pictures, by the shipped models, into web/presets; a preset whose model or
classes are not there is left out everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from latent_core.artifacts import write_file
from latent_core.language import mark
from latent_core.models.files import png
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.recipes import lists
from latent_core.recipes.recipe import Recipe, parse

PICTURES = Path(__file__).resolve().parents[2] / "web" / "presets"
"""One PNG per preset, with its recipe inside."""


@dataclass(frozen=True)
class Preset:
    """A blend of the gallery.

    key: its name in links and of its picture's file; slug: of its model; classes: in equal parts, all without any;
    ask: what an audience guesses before it is told; told: the answer, which claims no figure: those the judge reads
    from the picture itself; where: paint, as a link has it.
    """

    key: str
    title: str
    slug: str
    classes: tuple[str, ...]
    ask: str
    told: str
    method: str = "decoded_mean"
    theta: float = 0.0
    where: str = ""

    def recipe(self, library: Library) -> Recipe | None:
        """Its recipe; None where the library has no such model or classes."""
        data, model = self.slug.split("/")
        if self.slug not in library.model_cards or data not in library.datasets():
            return None
        names = self.classes or library.classes(data)
        w = ",".join(f"{lists.escaped(name)}:50" for name in names)
        given = {"data": data, "model": model, "w": w, "method": self.method, "theta": str(self.theta)}
        given["where"] = self.where
        found, notices = parse(given, library)
        return None if notices else found


PRESETS = (
    Preset(
        "catdogpanda", mark("Catdogpanda"), "animals/label-guided-48", ("Cat", "Dog", "Panda"),
        mark("A cat, a dog and a panda share one face. Whom do you see first?"),
        mark(
            "There is no right answer. Their eyes, noses and ears lie in the same places, so their average "
            "still is a face, and a little of each is left."
        ),
    ),
    Preset(
        "everyone", mark("Everyone at once"), "animals/label-guided-48", (),
        mark("All twenty animals are in this one face. Whom do you recognise first?"),
        mark(
            "Nobody wins: an average of everybody looks like nobody, but like an animal. Take one out, and "
            "see what goes."
        ),
    ),
    Preset(
        "cat-ears", mark("A panda with cat ears"), "animals/label-guided-48", ("Cat", "Panda"),
        mark("Whose ears are these, and whose eyes?"),
        mark(
            "Somebody has painted it: above, the cat counts more, and below, the panda. On the Blend page you can "
            "paint where everybody shows."
        ),
        where="Cat:________AAAAAAAAAAAAAA,Panda:AAAAAAAA_____________w",
    ),
    Preset(
        "half-3-half-8", mark("Half 3 half 8"), "mnist/mmd-20", ("3", "8"),
        mark("Where does a 3 stop being a 3? Guess a place on the line, then drag the dot there."),
        mark(
            "There is no wall between them. The model has only seen whole digits, and still it knows what "
            "lies halfway."
        ),
        method="centre_of_mass",
    ),
    Preset(
        "all-ten-digits", mark("All ten digits"), "mnist/mmd-20", (),
        mark("All ten digits are in this picture. Which one do you see?"),
        mark("Most people see an 8: its two loops cross most of the other digits. The judge looks more closely."),
    ),
    Preset(
        "one-nine-trap", mark("The 1–9 trap"), "mnist/elbo-2", ("1", "9"),
        mark("Half a 1 and half a 9: what will come out?"),
        mark(
            "A 7, which is in none of them. This model knows every digit by two numbers only, and between 1 "
            "and 9 it keeps the 7."
        ),
        method="centre_of_mass",
    ),
    Preset(
        "shoe-shirt", mark("Shoe-shirt"), "fashion/mmd-16", ("T-shirt", "Ankle boot"),
        mark("Is this for the feet or for the shoulders?"),
        mark(
            "Both: half an ankle boot, half a T-shirt. They share so little that you can see through each "
            "to the other."
        ),
    ),
    Preset(
        "twenty-letters", mark("Twenty letters"), "omniglot/label-guided-16", (),
        mark("Twenty letters of four alphabets in one picture. How many of them can still be found?"),
        mark("Not all of them, and none sharply. Take one away, and its own strokes go."),
    ),
    Preset(
        "forty-people", mark("The average of forty people"), "olivetti/elbo-32", (),
        mark("Forty people, one face. Is it somebody you know?"),
        mark("It is nobody. What all faces have in common stays, and what makes one face special is averaged away."),
        method="centre_of_mass",
    ),
    Preset(
        "up-and-down", mark("Up and down"), "melodies/musicvae-16", ("Rising", "Falling"),
        mark("One melody climbs, one falls. Where does their mixture go?"),
        mark(
            "Neither up nor down: some notes stay below while others wander above them. On the Blend page "
            "you can hear it."
        ),
        method="centre_of_mass",
    ),
    Preset(
        "digit-in-a-dress", mark("A digit and its dress"), "pairs/mmvm-16", ("3 Dress", "8 Bag"),
        mark("Each picture is a digit with a piece of clothing. What happens to the pair between two of them?"),
        mark("Both halves change together: the model has learnt that they belong to one another."),
    ),
)  # fmt: skip


def present(library: Library) -> list[tuple[Preset, Recipe]]:
    """The presets that can be shown, with their recipes, in their order."""
    found = [(preset, preset.recipe(library)) for preset in PRESETS]
    return [(preset, recipe) for preset, recipe in found if recipe is not None]


def draw(library: Library, model: Callable[[str], Model], folder: Path = PICTURES) -> list[Path]:
    """Draws the pictures of all presets that can be shown.

    Args:
        model: opens a model by its slug.

    Returns:
        the files that were written.
    """
    folder.mkdir(exist_ok=True)
    written = []
    for preset, recipe in present(library):
        path = folder / f"{preset.key}.png"
        write_file(path, png(model(recipe.slug).make(recipe)))
        written.append(path)
    return written


if __name__ == "__main__":
    from latent_core.models.library import open_library

    draw(open_library(), Model)
