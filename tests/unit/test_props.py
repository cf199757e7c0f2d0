"""Both sides of the contract between Python and the browser say the same."""

from pages.parts import declarations


def test_the_types_for_javascript_are_those_of_python() -> None:
    assert declarations.TARGET.read_text() == declarations.declarations(), "run make types"
