"""A blend as a page of its own: one HTML file with the mixer, the model and the recipe, which needs no server.

The same modules as on the Blend page, all files that they would fetch, and nothing that asks a network (the page's own
content policy forbids it). `python -m pages.parts.blend.own_page LANGUAGE RECIPE OUT` writes one, as the command line
does. Without OUT it says, as JSON, what a notebook needs to show the same mixer (`latent_core.notebook`).
"""

import base64
import html
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from latent_core.artifacts import folder_of, layout, packed
from latent_core.evidence import listed
from latent_core.graphs.graph import SHARED
from latent_core.language import ENGLISH, class_name, known, script, speaking, spoken, t
from latent_core.models import group_links
from latent_core.models.groups import Group
from latent_core.models.library import Library
from latent_core.models.model import Blend
from pages.parts import component, modules
from pages.parts.props import BlendProps, plain

STYLES = ("ui/ui.css", "ui/mixing.css", "blend/blend.css", "blend/making.css")
RUNTIME = "web/vendor/ort-wasm-simd-threaded.wasm"
OF_MODEL = (layout.DECODER, layout.STATS, layout.CENTRES, layout.PROJECTIONS, layout.LATENTS)
OF_LINEAR = (layout.DECODER, layout.STATS)
OF_DATASET = (layout.ROWS, layout.MEANS, layout.JUDGE)
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; media-src blob:; connect-src data: blob:"
)
"""Scripts are inside the file, and there is nothing from outside that could be shown or run."""
CODE = 500_000
"""Bytes of modules and styles, about."""


def files_of(slug: str, linear: str) -> dict[str, Path]:
    """Every file that the mixer may fetch, by its path below the app.

    Args:
        slug: the model's; linear: that of the dataset's linear model, "" without one.
    """
    slugs = {slug.partition("/")[0]: OF_DATASET, linear: OF_LINEAR, slug: OF_MODEL}
    found = {f"models/{one}/{name}": folder_of(one) / name for one, names in slugs.items() if one for name in names}
    # All shared graphs but those of generators: which method needs which, the graphs' index alone knows.
    found |= {f"graphs/{path.name}": path for path in SHARED.glob("*.onnx") if not path.name.startswith("generate_")}
    found[RUNTIME] = modules.WEB.parent / f"{RUNTIME}.gz"
    return {name: path for name, path in found.items() if path.is_file()}


def about_bytes(slug: str, linear: str) -> int:
    """About how large the page of a model will be, told before it is made."""
    return sum(path.stat().st_size for path in files_of(slug, linear).values()) * 4 // 3 + CODE


def own_page(props: BlendProps, blend: Blend, groups: Sequence[Group], library: Library) -> str:
    """The page's HTML.

    Args:
        props: as the mixer is told them.
        groups: those that the blend is made of, for the pictures that are saved there.
    """
    card = library.dataset_cards[blend.recipe.data]
    language = spoken()
    names = listed([class_name(name) for name, _ in blend.recipe.w])
    title = html.escape(t("Blend of {names}", names=names))
    linear = props.linear.slug if props.linear is not None else ""
    about = [
        f"{known(card.title)}: {card.credit or card.source}, {card.licence}.",
        t("Made with Medley (MIT licence)."),
        t("Everything is in this file: it works without a network, and sends nothing anywhere."),
    ]
    said = f"<script>{_inline(script(language.code))}</script>\n" if language.code != ENGLISH else ""
    held = {
        "props": plain(props),
        "group": group_links.to_text(groups) if groups else "",
        "files": {
            name: base64.b64encode(packed(path)).decode() for name, path in files_of(props.model.slug, linear).items()
        },
    }
    inside = json.dumps(held).replace("<", "\\u003c")  # so that nothing in it ends its element
    style = component.styles(*STYLES, "alone.css")
    return f"""<!doctype html>
<html lang="{language.code}" dir="{language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title} · Medley</title>
<style>{style}</style>
</head>
<body>
<header class="alone-head"><h1>{title}</h1><span id="keep"></span></header>
<main><div class="medley" id="mixer" data-ready=""><p role="status">{t("Opening the mixer …")}</p></div></main>
<footer class="alone-foot medley">{"".join(f"<p>{html.escape(line)}</p>" for line in about)}</footer>
<noscript><p>{t("This page needs JavaScript.")}</p></noscript>
{said}<script type="application/json" id="medley">{inside}</script>
<script type="module">
{_inline(modules.script("alone.js"))}</script>
</body>
</html>
"""


def _module(code: str) -> str:
    """The widget's module, which leaves nothing behind on a page that is not Medley's."""
    said = script(code) if code != ENGLISH else ""
    left = "delete globalThis.medleyLanguage;\n" if said else ""
    return f'{said}{modules.script("widget.js")}export default need("widget.js");\n{left}'


def _inline(script: str) -> str:
    """A script that can stand inside HTML: nothing in it ends it."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def main(recipe: str, out: Path | None = None) -> str:
    """Writes the page of a recipe (JSON, a link, or a file that Medley saved) and says what it is; without `out` it
    says, as JSON, what a notebook needs: props, style, script (a module) and the path of each file.

    Raises:
        ValueError: it is none, or of a slower method, whose picture no browser makes.
    """
    from latent_core.artifacts import write_file
    from latent_core.commands import making
    from pages.parts import loaders, state
    from pages.parts.blend.view import blend_props

    _, blend = making.from_text(recipe, live=True)
    library = loaders.library()
    props = blend_props(state.View(blend.recipe, 1, ()), library, blend, blend.groups)
    if out is None:
        files = files_of(props.model.slug, props.linear.slug if props.linear is not None else "")
        parts = {
            "props": plain(props),
            "style": component.styles(*STYLES, "widget.css"),
            "script": _module(spoken().code),
            "files": {name: str(path) for name, path in files.items()},
        }
        return json.dumps(parts)
    text = own_page(props, blend, blend.groups, library)
    write_file(out, text.encode())
    return f"{out} written: {len(text) / 1e6:.1f} MB, opened by double click; it needs no server and no network"


if __name__ == "__main__":
    import logging

    logging.disable(logging.WARNING)  # Streamlit's, about being asked outside a page
    try:
        with speaking(sys.argv[1]):
            print(main(sys.argv[2], *map(Path, sys.argv[3:4])))  # noqa: T201
    except (LookupError, ValueError, OSError) as problem:
        sys.exit(f"{problem}")
