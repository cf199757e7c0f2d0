"""The legend of a collage: each class's colour and free ink; pointing at one shows its drawing alone."""

import base64
import html
import io

import numpy as np
from PIL import Image

from latent_core.language import class_name, t
from latent_core.models.files import pixels
from latent_core.models.model import Model
from latent_core.slow import Finished
from latent_core.slow.collage import hue
from pages.parts.headline import percent

STYLE = """<style>
.medley-slow img.alone { position: absolute; inset: 0; opacity: 0; mix-blend-mode: lighten; }
.medley-inks {
    display: flex; flex-wrap: wrap; gap: 0.125rem 0.25rem; padding: 0 !important; margin: 0 -0.5rem; list-style: none;
}
.medley-inks li {
    display: flex; align-items: center; gap: 0.4rem; min-height: 1.75rem; margin: 0; padding: 0 0.5rem;
    border-radius: 0.5rem; font-size: 0.875rem; cursor: default; font-variant-numeric: tabular-nums;
}
.medley-inks li:is(:hover, :focus) { background: color-mix(in srgb, currentColor 9%, transparent); }
.medley-inks i { width: 1.25rem; height: 0.3rem; border-radius: 0.15rem; outline: 0.15rem solid #000; }
.st-key-slow_made:has(.medley-inks li:is(:hover, :focus)) .medley-slow img:not(.alone) { opacity: 0.25; }
RULES</style>"""
ONE = (
    ".st-key-slow_made:has(.medley-inks li:nth-child({n}):is(:hover, :focus)) .medley-slow img.alone:nth-of-type({m})"
    " {{ opacity: 1; }}"
)


def url(picture: np.ndarray) -> str:
    """A PNG data URL of a picture (channels, height, width) 0..1."""
    out = io.BytesIO()
    Image.fromarray(pixels(picture)).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def layers(made: Finished, model: Model) -> str:
    """A picture of each class's drawing alone, to lie over the collage until its class is pointed at; "" elsewhere."""
    hues = _hues(made, model)
    alone = [layer / np.float32(255) * colour[:, None, None] for layer, colour in zip(made.layers, hues, strict=True)]
    return "".join(f'<img class="alone" src="{url(one)}" alt="">' for one in alone)


def legend(made: Finished, model: Model) -> str:
    """Each class's colour, name and share of ink of its own, as a list that one can also walk through by Tab."""
    rules = "\n".join(ONE.format(n=n, m=n + 1) for n in range(1, len(made.own_ink) + 1))
    lines = []
    for (name, share), colour in zip(made.own_ink.items(), _hues(made, model), strict=True):
        shown = ", ".join(f"{value:.0f}" for value in colour * 255)
        said = html.escape(f"{class_name(name)} ({percent(share, 0)})")
        lines.append(f'<li tabindex="0"><i style="background: rgb({shown})"></i>{said}</li>')
    named = f'class="medley-inks" aria-label="{html.escape(t("Lines that are uncovered"))}"'
    return f"{STYLE.replace('RULES', rules)}<ul {named}>{''.join(lines)}</ul>"


def _hues(made: Finished, model: Model) -> list[np.ndarray]:
    """Each class's colour."""
    return [hue(model.card.classes.index(name)) for name in made.own_ink]
