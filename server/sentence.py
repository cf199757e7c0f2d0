"""A page that holds one sentence, for what cannot be answered otherwise."""

import html

from starlette.responses import HTMLResponse

from latent_core.language import spoken

PAGE = """<!doctype html>
<html lang="{code}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title} - Medley</title>
<style>
  :root {{ color-scheme: light dark; }}
  body {{ font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto 0; padding: 0 1.25rem; }}
  h1 {{ font-size: 1.5rem; }}
</style></head>
<body><main><h1>{title}</h1><p>{sentence}</p></main></body></html>
"""


def page(status: int, title: str, sentence: str, link: str = "", to: str = "") -> HTMLResponse:
    """The page, in the language that is spoken.

    Args:
        link, to: words of a link that ends it, and where it leads.
    """
    said = html.escape(sentence) + (f' <a href="{html.escape(to)}">{html.escape(link)}</a>' if link else "")
    language = spoken()
    found = PAGE.format(
        code=language.code, direction=language.direction, title=html.escape(title), sentence=said,
    )  # fmt: skip
    return HTMLResponse(found, status, {"Cache-Control": "no-store", "Vary": "Accept-Language"})
