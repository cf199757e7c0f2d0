"""The README's tree and the glossary name only what is there, and leave out no folder."""

import re

import pytest

from tests.harness.serving import ROOT

TREE = re.search(r"## The house\n\n```\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()


def test_the_readme_shows_every_folder_of_the_house() -> None:
    there = {
        path.name
        for top in ("latent_core", "web", "server", "pages", "tests")
        for path in [ROOT / top, *(ROOT / top).iterdir()]
        if path.is_dir() and path.name not in ("__pycache__", "vendor", "node_modules", "shots")
    }
    assert TREE and {name for name in there if f"{name}/" not in TREE[1]} == set()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:latent_core|pages|web|server)/[\w/.]+)`", GLOSSARY))))
def test_the_glossary_names_what_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_glossary_has_a_place_for_every_word() -> None:
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("| **")]
    assert len(rows) >= 25 and all(len(row.split("|")[3].strip()) > 10 for row in rows)
