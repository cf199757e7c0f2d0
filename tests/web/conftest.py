"""The Node process that the tests of web/ ask."""

from collections.abc import Iterator

import pytest

from tests.web.node import Node


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """One Node process for all tests."""
    process = Node()
    yield process
    process.stop()
