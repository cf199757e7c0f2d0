"""Terms that a visitor meets, each in two lines, with the chapter of Learn that says more: these words' one place.

`python -m pages.parts.declarations` writes them for the browser (web/engine/terms.js); docs/glossary.md has all terms.
"""

from dataclasses import dataclass

from pages.parts.learn import book


@dataclass(frozen=True)
class Term:
    """A word as it stands on the pages, what it means, and the file of the chapter that says more."""

    title: str
    said: str
    chapter: str

    @property
    def anchor(self) -> str:
        """The chapter as the fragment of a link to Learn."""
        return book.pages(book.LEARN)[self.chapter].anchor


TERMS = {
    "judge": Term(
        "Judge network",
        "A small network that learned from mixed pictures to say which classes are in one. It only scores and never "
        "steers a blend.",
        "8_who_is_in_it",
    ),
    "bits": Term(
        "Bits",
        "How strongly a picture speaks for a class, in doublings: +1 is two to one that it is in, +2 four to one, "
        "-1 two to one that it is not.",
        "8_who_is_in_it",
    ),
    "sharpness": Term(
        "Sharpness",
        "1 is as crisp as a real picture, 0 is a grey blur. It stands beside the count because a blur that hints at "
        "everything would always win.",
        "8_who_is_in_it",
    ),
    "removal": Term(
        "Remove-one test",
        "Each class is taken out of the blend in turn. If its own score does not fall, it was not really there.",
        "8_who_is_in_it",
    ),
    "theta": Term(
        "Variety (theta)",
        "How far each class may step away from its typical picture: at 0 it is the typical one, at 1 it varies as much "
        "as real pictures do.",
        "1_what_you_see",
    ),
    "centre": Term(
        "Centre of mass",
        "The codes of all classes are averaged, and the network draws that one code. Crisp, but often a picture of "
        "something else.",
        "3_averages",
    ),
    "eigen": Term(
        "Eigen-image",
        "An average made of the main ways in which pictures differ (principal components). No network is used.",
        "5_eigen_images",
    ),
    "plain": Term(
        "Plain average",
        "The typical pictures of all classes laid over each other, pixel by pixel. No network is used.",
        "3_averages",
    ),
    "map": Term(
        "The map",
        "A dot for every picture, alike ones near each other. PCA is a straight shadow and exact; UMAP keeps "
        "neighbours together and is estimated.",
        "4_maps",
    ),
}
