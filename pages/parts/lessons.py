"""Lesson links: a teacher's link that shows only the named controls, one dataset, and a question.

`?lesson=classes,pad&ask=Where does the 3 end?` is the Blend page with chips, pad and picture, and nothing else to lead
away; `Show everything` brings the rest back. A link is anybody's input.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from latent_core.language import t
from latent_core.recipes.untrusted import Notice, among, plain

KEYS = ("lesson", "ask")
"""The query parameters of a lesson."""
CONTROLS = (
    "classes", "pad", "balance", "undo", "variety", "others", "meters", "map", "amounts", "more", "making", "share",
    "nearest", "slower", "gallery", "models", "pages",
)  # fmt: skip
"""What a lesson may name: chips; the pad; Even out; Undo, Redo and Reset; variety and Draw again; the three other
pictures; the meters; the small map; the drawers Amounts and More controls; variations, tries
and films; Keep it; the nearest pictures; the slower
ways to blend; the gallery; the pickers of dataset and model; the links to the other pages. The picture is always
there."""
LONGEST = 240
"""Characters of a question."""
MOST = 64
"""Names of a link that are looked at."""


@dataclass(frozen=True)
class Lesson:
    """What a link asks for: with no controls everything is shown; ask is the question, "" without one."""

    controls: tuple[str, ...] = ()
    ask: str = ""

    def shows(self, control: str) -> bool:
        """Whether a control is there."""
        return not self.controls or control in self.controls

    def to_query(self) -> dict[str, str]:
        """Link parameters, only those that say something."""
        query = {"lesson": ",".join(self.controls)} if self.controls else {}
        return query | ({"ask": self.ask} if self.ask else {})


def from_query(query: Mapping[str, Any]) -> tuple[Lesson, list[Notice]]:
    """The lesson in a link, and a sentence about what in it cannot be taken.

    Where none of its controls is known, everything is shown, so that the page stays whole.
    """
    said: list[Notice] = []
    given = query.get("lesson")
    names = [name.strip().lower() for name in given[:2000].split(",")[:MOST]] if isinstance(given, str) else []
    wanted = dict.fromkeys(name for name in names if name)
    unknown = [name for name in wanted if name not in CONTROLS]
    if unknown:
        name = plain(unknown[0])
        if len(unknown) < len(wanted):
            fault = t("There is no control “{name}”; it is left out.", name=name)
        else:
            fault = t("There is no control “{name}”; it is left out, and everything is shown.", name=name)
        said.append(Notice(f"{fault} {t('A lesson can name {controls}.', controls=among(CONTROLS))}"))
    ask = query.get("ask")
    question = " ".join(re.sub(r"[^\w\s.,;:!?'’“”\"()/%+=–-]", "", ask).split()) if isinstance(ask, str) else ""
    if len(question) > LONGEST:
        question = question[: LONGEST - 3].rsplit(" ", 1)[0] + " ..."
        said.append(
            Notice(
                t("The question of this lesson is longer than {most} characters; its beginning is shown.", most=LONGEST)
            )
        )
    return Lesson(tuple(name for name in CONTROLS if name in wanted), question), said
