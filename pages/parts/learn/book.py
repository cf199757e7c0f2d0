"""Markdown files as pages of a book: a title, text, and pictures with alternative texts and captions."""

import html
import re
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from PIL import Image

from latent_core.language import ENGLISH, spoken

DOCS = Path(__file__).resolve().parents[3] / "docs"
LEARN, OBJECTIVES = "learn", "objectives"
PICTURES = "pictures"
"""Where the pictures of docs/learn are offered, seen from every page (server/mount.py)."""
PICTURE = re.compile(r'^!\[([^\]]*)\]\(([\w/.-]+)(?: "([^"]*)")?\)$', re.MULTILINE)
"""A picture on a line of its own: alternative text, file beside the page, caption."""

CODE = re.compile(r"^```(\w*)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
"""A fenced piece of code: language, text."""


@dataclass(frozen=True)
class Page:
    """One Markdown file: its first heading, the rest, the folder that its pictures are relative to, the fragment of
    links to it, which is the English title in every language, and whether it stands in English in another language."""

    title: str
    text: str
    folder: Path
    anchor: str
    english: bool


def pages(folder: str) -> dict[str, Page]:
    """All pages of a folder of docs/, by file name without its ending, in order: by their number, then by name.

    They are in the visitor's language, where folder/CODE/ has them, and else in English.
    """
    return _pages(DOCS / folder, spoken().code)


@cache
def _pages(folder: Path, code: str) -> dict[str, Page]:
    found = {}
    for path in sorted(folder.glob("*.md"), key=_place):
        english, _ = _read(path)
        other = folder / code / path.name
        translated = other.is_file()
        title, text = _read(other if translated else path)
        anchor = re.sub(r"\W+", "-", english.lower()).strip("-")
        found[path.stem] = Page(title, text, folder, anchor, english=code != ENGLISH and not translated)
    return found


def _read(path: Path) -> tuple[str, str]:
    """Title and text."""
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    return title.lstrip("# ").strip(), text.strip()


def _place(path: Path) -> tuple[int, str]:
    number = path.stem.partition("_")[0]
    return int(number) if number.isdecimal() else 0, path.stem


@cache
def figure(path: Path, alt: str, caption: str) -> str:
    """A picture as HTML, at an address that lasts: Streamlit's own are gone as soon as the page is left, also while the
    browser still loads them. Its room is kept until it is there, so that a link to a chapter lands there."""
    with Image.open(path) as picture:
        width, height = picture.size
    words = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    source = f'src="{PICTURES}/{path.name}" width="{width}" height="{height}" alt="{html.escape(alt)}"'
    return f"<figure><img {source}>{words}</figure>"


def place(name: str, page: Page) -> AbstractContextManager[object]:
    """Where a page of the book stands; one in English is in a place of that name (web/ui/left_in_english.js)."""
    return st.container(key=f"english_{name}") if page.english else nullcontext()


def show(page: Page, shift: int = 0) -> None:
    """Shows a page's text and pictures.

    Args:
        shift: how much deeper headings go, so that they suit the page they stand in.
    """
    text = re.sub(r"^(#+) ", lambda found: "#" * min(6, len(found[1]) + shift) + " ", page.text, flags=re.MULTILINE)
    pieces = sorted([*PICTURE.finditer(text), *CODE.finditer(text)], key=lambda piece: piece.start())
    at = 0
    for piece in pieces:
        _markdown(text[at : piece.start()])
        at = piece.end()
        if piece.re is PICTURE:
            path = page.folder / piece[2]
            with st.container(key=f"figure_{path.stem}"):  # a place that has a name before the picture is there
                st.html(figure(path, piece[1], piece[3] or ""))
        else:
            st.code(piece[2], language=piece[1] or None, wrap_lines=True)
    _markdown(text[at:])


def _markdown(text: str) -> None:
    if text.strip():
        st.markdown(text)
