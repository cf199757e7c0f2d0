"""A field for one number on the server's part of a page; it takes what fields of the browser's part and links take."""

from streamlit.delta_generator import DeltaGenerator

from latent_core.language import point, t
from latent_core.recipes import numbers
from latent_core.recipes.limits import Limit, short
from pages.parts import state
from pages.parts.spoken import spoken


def number_field(
    place: DeltaGenerator, label: str, limit: Limit, default: float, key: str, help: str | None = None
) -> float:
    """The number in the field, whole where the limit is; it shows what was taken, and says why something was not.

    Streamlit's own field follows the browser's language, so that `0,5` is 5 in one and 0.5 in the other.

    Args:
        place: where it stands.
        key: of the widget; what was typed is kept as long as the field is on the page.
    """
    box = state.box(f"{key}_number")
    if state.typed(key) is None:
        box.update(value=default, said="")
    place.text_input(label, point(default), key=key, help=help, on_change=_take, args=(key, limit))
    if box["said"]:
        place.caption(box["said"])
    spoken(key, box["said"])
    value = float(box["value"])
    return int(value) if limit.whole else value


def _take(key: str, limit: Limit) -> None:
    box, text = state.box(f"{key}_number"), state.typed(key) or ""
    found = numbers.read(text, limit.whole)
    if found in limit:
        assert found is not None, "no limit holds None"
        box.update(value=short(found) if not limit.whole else int(found), said="")
    elif text.strip():
        stays, words = (
            point(box["value"]),
            {"text": text.strip()[:20], "low": point(limit.low), "high": point(limit.high)},
        )
        if doubt := numbers.doubt(text):
            box["said"] = t("{problem}; it stays {value}.", problem=doubt, value=stays)
        elif limit.whole:
            box["said"] = t(
                "“{text}” is not a whole number from {low} to {high}; it stays {value}.", value=stays, **words
            )
        else:
            box["said"] = t("“{text}” is not a number from {low} to {high}; it stays {value}.", value=stays, **words)
    state.type_into(key, point(box["value"]))
