"""Markdown files as pages of a book: a title, text, and pictures with alternative texts and captions."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from PIL import Image

DOCS = Path(__file__).resolve().parents[3] / "docs"
LEARN, OBJECTIVES = "learn", "objectives"
PICTURE = re.compile(r'^!\[([^\]]*)\]\(([\w/.-]+)(?: "([^"]*)")?\)$', re.MULTILINE)
"""A picture on a line of its own: alternative text, file beside the page, caption."""

CODE = re.compile(r"^```(\w*)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
"""A fenced piece of code: language, text."""


@dataclass(frozen=True)
class Page:
    """One Markdown file: its first heading, the rest, and the folder that its pictures are relative to."""

    title: str
    text: str
    folder: Path

    @property
    def anchor(self) -> str:
        """The title as the fragment of a link."""
        return re.sub(r"\W+", "-", self.title.lower()).strip("-")


@cache
def pages(folder: str) -> dict[str, Page]:
    """All pages of a folder of docs/, by file name without its ending, in order."""
    found = {}
    for path in sorted((DOCS / folder).glob("*.md")):
        title, _, text = path.read_text(encoding="utf-8").partition("\n")
        found[path.stem] = Page(title.lstrip("# ").strip(), text.strip(), path.parent)
    return found


def rooms(folder: str) -> str:
    """CSS that keeps the pictures' room until they are loaded: a link to a chapter lands there and stays there."""
    found = {page.folder / piece[2] for page in pages(folder).values() for piece in PICTURE.finditer(page.text)}
    rules = []
    for path in sorted(found):
        with Image.open(path) as picture:
            width, height = picture.size
        place = f".st-key-book .st-key-picture_{path.stem} img"
        rules.append(f"{place} {{ width: {width}px; aspect-ratio: {width} / {height}; }}")
    return "\n".join(rules)


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
            with st.container(key=f"picture_{path.stem}"):
                st.image(str(path), alt=piece[1], caption=piece[3] or None)
        else:
            st.code(piece[2], language=piece[1] or None, wrap_lines=True)
    _markdown(text[at:])


def _markdown(text: str) -> None:
    if text.strip():
        st.markdown(text)
