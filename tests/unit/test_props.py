"""Both sides of the contract between Python and the browser say the same."""

import pytest

from pages.parts import declarations


@pytest.mark.parametrize("name", ["props.d.ts", "limits.js"])
def test_types_and_limits_for_javascript_are_those_of_python(name: str) -> None:
    assert (declarations.ENGINE / name).read_text() == declarations.texts()[name], "run make types"
