"""The app's caches, all of them: the shelf and opened models, kept while their files stay the same."""

import time
from pathlib import Path

import streamlit as st

from latent_core.artifacts import models_root
from latent_core.encoded import EncodedDataset
from latent_core.model import Model
from latent_core.shelf import Shelf, look, stamp

FRESH = 0.1
"""s that a look at the files' times is believed: one run of a page asks several times."""

_stamps: dict[str, tuple[float, str]] = {}


def shelf() -> Shelf:
    """Everything that can be opened; looked at anew as soon as a file under models/ changes."""
    return _shelf(_part(""))


def model(slug: str) -> Model:
    """An opened model, shared by all visitors and never written to."""
    return _model(slug, _part(slug.split("/", 1)[0]))


def dataset(slug: str) -> EncodedDataset:
    """An opened dataset, shared by all visitors and never written to."""
    return _dataset(slug, _part(slug))


def _part(dataset_slug: str) -> str:
    """The stamp of one dataset's files, or of all with ""; as text, because Streamlit looks that up faster."""
    folder = str(models_root() / dataset_slug)
    looked, text = _stamps.get(folder, (-1.0, ""))
    if time.monotonic() - looked > FRESH:
        text = str(stamp(Path(folder)))
        _stamps[folder] = time.monotonic(), text
    return text


@st.cache_resource(max_entries=2, show_spinner="Checking the models")
def _shelf(stamped: str) -> Shelf:
    return look()


@st.cache_resource(max_entries=24, show_spinner="Opening the model")
def _model(slug: str, stamped: str) -> Model:
    return Model(slug)


@st.cache_resource(max_entries=8, show_spinner=False)
def _dataset(slug: str, stamped: str) -> EncodedDataset:
    return EncodedDataset(slug)
