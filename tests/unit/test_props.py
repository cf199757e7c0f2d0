"""Both sides of the contract between Python and the browser say the same."""

import pytest

from pages.parts import declarations
from pages.parts.terms import TERMS


@pytest.mark.parametrize("name", ["props.d.ts", "limits.js", "terms.js"])
def test_types_and_limits_for_javascript_are_those_of_python(name: str) -> None:
    assert (declarations.ENGINE / name).read_text() == declarations.texts()[name], "run make types"


def test_terms_are_told_in_two_lines_and_each_has_its_chapter() -> None:
    for term in TERMS.values():
        assert 30 < len(term.said) < 160 and term.said.endswith(".") and term.anchor
