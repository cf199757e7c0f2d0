"""The app's caches, all of them: the library and opened models, kept while their files stay the same.

Sessions are threads that share all of this. Streamlit's caches make each value once, however many ask at a time.
"""

import threading
import time
from collections import OrderedDict
from pathlib import Path

import streamlit as st

from latent_core.artifacts import models_root
from latent_core.models.dataset import EncodedDataset
from latent_core.models.library import Library, open_library, stamp
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished

FRESH = 0.1
"""s that a look at the files' times is believed: one run of a page asks several times."""

MOST_FINISHED = 64
"""Slower blends that are remembered, of all visitors; one is 700 kB at most."""

_lock = threading.Lock()
"""Of the two tables below."""
_stamps: dict[str, tuple[float, str]] = {}
_finished: OrderedDict[tuple[str, ...], Finished] = OrderedDict()


def library() -> Library:
    """Everything that can be opened; looked at anew as soon as a file under models/ changes."""
    return _library(_part(""))


def model(slug: str) -> Model:
    """An opened model, shared by all visitors and never written to."""
    return _model(slug, _part(slug.split("/", 1)[0]))


def dataset(slug: str) -> EncodedDataset:
    """An opened dataset, shared by all visitors and never written to."""
    return _dataset(slug, _part(slug))


def finished(method: str, recipe: Recipe, groups: str) -> Finished | None:
    """The slower blend that somebody has waited for already, if it is remembered."""
    key = _ordered(method, recipe, groups)
    with _lock:
        if key in _finished:
            _finished.move_to_end(key)
        return _finished.get(key)


def remember(method: str, recipe: Recipe, groups: str, made: Finished) -> None:
    """Keeps a slower blend, and forgets the one that was not asked for longest."""
    key = _ordered(method, recipe, groups)
    with _lock:
        _finished[key] = made
        while len(_finished) > MOST_FINISHED:
            _finished.popitem(last=False)


def _ordered(method: str, recipe: Recipe, groups: str) -> tuple[str, ...]:
    """All that a slower blend depends on, the files of its dataset included."""
    return method, recipe.slug, str(recipe.w), str(recipe.seed), groups, _part(recipe.data)


def _part(dataset_slug: str) -> str:
    """The stamp of one dataset's files, or of all with ""; as text, because Streamlit looks that up faster."""
    folder = str(models_root() / dataset_slug)
    with _lock:
        looked, text = _stamps.get(folder, (-1.0, ""))
        if time.monotonic() - looked > FRESH:
            text = str(stamp(Path(folder)))
            _stamps[folder] = time.monotonic(), text
        return text


@st.cache_resource(max_entries=2, show_spinner="Checking the models")
def _library(stamped: str) -> Library:
    return open_library()


@st.cache_resource(max_entries=24, show_spinner="Opening the model")
def _model(slug: str, stamped: str) -> Model:
    return Model(slug, _dataset(slug.split("/", 1)[0], stamped))


@st.cache_resource(max_entries=8, show_spinner=False)
def _dataset(slug: str, stamped: str) -> EncodedDataset:
    return EncodedDataset(slug)
