"""Two models of one dataset, to be harmed."""

import shutil
from pathlib import Path

import pytest

from latent_core.artifacts import layout
from tests.unit import folders


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = folders.write(tmp_path_factory.mktemp("sound"))
    folders.change_card(root / "tiny", layout.DATASET_CARD, pictures="b" * 64)
    return root


@pytest.fixture
def root(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "models")
    return tmp_path / "models"
