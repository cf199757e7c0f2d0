"""The blend in the first HTML: drawn by the server and put where the mixer will show it, before any script has run.

The page it stands on is a copy of the Blend page without its words: the same styles lay out the same boxes, all of them
invisible but the picture, so that nothing moves when the mixer takes the picture over (web/blend/pictures_card.js).
"""

import base64
import html
import threading
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from latent_core.language import class_name, known, mark, spoken, t
from latent_core.models.files import png
from latent_core.models.model import Model
from latent_core.recent import Recent
from latent_core.recipes.recipe import Recipe, parse
from pages.parts import lessons, loaders, opening, state

WEB = Path(__file__).resolve().parents[3] / "web"
HEADLINE = mark("Medley: mix pictures with your finger")
THEN = mark("Tap some. Drag the dot. Watch them melt together.")
STYLES = ("ui/frame.css", "ui/ui.css", "ui/mixing.css", "blend/blend.css", "blend/first.css")
LONGEST = 4000
"""Characters of a link's values that a picture is drawn for; all classes of a dataset with a pattern need fewer."""
REST = 3
"""Times as long as a drawing took that the server then draws none: most of a core stays free of strangers' links."""
LOADING = "(loading)"
"""Stands where it is said how much there is to load."""
MOST_KEPT = 64
CROWD = 24
"""Classes from which on chips carry short names, as in web/blend/view.js."""


@dataclass(frozen=True)
class FirstPicture:
    """A link's recipe, and its picture as HTML for the page's body, "" where there is none."""

    recipe: Recipe
    html: str


_kept: Recent[FirstPicture] = Recent(MOST_KEPT)
_pictures: Recent[bytes] = Recent(MOST_KEPT)
_drawing = threading.Lock()
_rested = 0.0
"""s of time.monotonic() from which on the next picture may be drawn; guarded by `_drawing`."""


def first_picture(query: Mapping[str, str]) -> FirstPicture | None:
    """The picture of a link; drawn once as long as the model's files stay the same.

    There is none where the mixer would stand elsewhere or show something else (the link has groups or a lesson,
    something in it is not taken, a folder is broken, Streamlit's header is left out), and while the server has other
    pictures to draw. Nothing at all is known of a link that is too long to be looked at here.
    """
    if sum(map(len, query.values())) > LONGEST:
        return None
    library = loaders.library()
    link = opening.meant(state.ours(query), library)
    recipe, notices = parse({key: value for key, value in link.items() if key in state.RECIPE_KEYS}, library)
    if notices or library.broken or state.GROUPS in query or {"embed", *lessons.KEYS} & set(query):
        return FirstPicture(recipe, "")
    key = recipe, loaders.stamp_of(recipe.data)
    page = *key, spoken().code
    model = loaders.model(recipe.slug)  # which refuses a model that is found to be another one, also after a drawing
    kept = _kept.get(page)
    if kept is not None:
        return kept
    picture = _pictures.get(key) or _drawn(model, recipe)
    if picture is None:
        return FirstPicture(recipe, "")
    _pictures.put(key, picture)
    card = library.dataset_cards[recipe.data]
    found = FirstPicture(recipe, _page(picture, card.classes, [name for name, _ in recipe.w], card.symbols))
    _kept.put(page, found)
    return found


def _drawn(model: Model, recipe: Recipe) -> bytes | None:
    """The recipe's picture as PNG; None while another one is drawn, and for a while after that."""
    global _rested
    if not _drawing.acquire(blocking=False):
        return None
    try:
        began = time.monotonic()
        if began < _rested:
            return None
        picture = png(model.make(recipe))
        _rested = began + (1 + REST) * (time.monotonic() - began)
        return picture
    finally:
        _drawing.release()


def _page(picture: bytes, classes: Sequence[str], chosen: Sequence[str], symbols: Mapping[str, str]) -> str:
    """The picture where the mixer of a dataset with these classes has it."""
    style = "\n".join((WEB / name).read_text(encoding="utf-8") for name in STYLES)
    shown = short_names(classes, symbols) if len(classes) > CROWD else [class_name(name) for name in classes]
    chips = "".join(
        '<button class="chips-chip" tabindex="-1"><span class="face"></span>'
        f'<span class="chips-name">{html.escape(name)}</span></button>'
        for name in shown
    )
    kind = f"chips{' chips-many' * (len(classes) > 12)}{' chips-short' * all(len(name) < 3 for name in shown)}"
    source = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    words = html.escape(t("Blend of {names}", names=", ".join(class_name(name) for name in chosen)))
    return f"""<div id="medley-first"><template shadowrootmode="open"><style>{style}</style>
<div class="first-page">
<div class="first-head"><div><p class="medley-headline">{known(HEADLINE)}</p>\
<p class="medley-then">{known(THEN)}</p></div>\
<span class="first-keep"></span></div>
<div class="medley"><div class="board"><div class="active">
<div class="{kind}">{chips}<span class="chips-both"><button class="plain" tabindex="-1">{t("All")}</button>\
<button class="plain" tabindex="-1">{t("None")}</button></span></div>
<div class="blend-stage"><div class="card pictures"><div class="pictures-frame first-frame">\
<img class="pictures-poster" src="{source}" alt="{words}"><p class="first-loading" aria-hidden="true">{LOADING}</p>\
</div></div></div>
</div></div></div></div></template></div>"""


def short_names(classes: Sequence[str], symbols: Mapping[str, str]) -> list[str]:
    """What stands on chips where whole names would be too long; web/engine/names.js says the same."""
    names = [class_name(one) for one in classes]
    first = names[0]
    end = first.rfind(" ") + 1
    while end > 0 and not all(name.startswith(first[:end]) and len(name) > end for name in names):
        end = first.rfind(" ", 0, end - 1) + 1
    cut = end if len(names) > 1 else 0
    return [
        symbols[one] if _everywhere(symbols.get(one, "")) else name[cut:]
        for one, name in zip(classes, names, strict=True)
    ]


def _everywhere(symbol: str) -> bool:
    """Whether every machine has letters for it."""
    return bool(symbol) and all(
        unicodedata.category(letter)[0] in "NP" or unicodedata.name(letter, "").startswith(("LATIN", "GREEK"))
        for letter in symbol
    )
