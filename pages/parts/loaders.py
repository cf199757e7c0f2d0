"""The app's caches, all of them: the library and opened models, kept while their files stay the same.

Sessions are threads that share all of this. Nothing is kept by Streamlit's own caches: any visitor's browser can tell
the server to clear those, and everybody else would wait until the models are checked again.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from latent_core.artifacts import BrokenFolder, models_root
from latent_core.graphs.graph import GraphFailed
from latent_core.language import ENGLISH, speaking, t
from latent_core.models.dataset import EncodedDataset
from latent_core.models.library import Library, open_library, stamp
from latent_core.models.model import Model
from latent_core.models.rebuilding import check_rebuilding
from latent_core.recent import Recent
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from pages.parts import presets

FRESH = 1.0
"""s that a look at the files' times is believed, by all visitors: a run of a page asks several times, and one look
takes as long as a tenth of it."""

MOST_BYTES = 64 * 1024 * 1024
"""What the slower blends that are remembered may hold, and what searches have found, of all visitors. Of the largest
collages, 700 kB each, 90 go into it; of all others thousands, more than there can be visits."""
BESIDES = 4_000
"""Bytes that one of either holds beside its numbers."""


@dataclass
class Look:
    """What was seen of a models folder, when (s, of the monotonic clock), and of each part that was asked for, as text:
    it is the same text as long as nothing changes, and so is hashed once."""

    root: str
    when: float
    seen: tuple[tuple[str, int, int, int], ...]
    parts: dict[str, str] = field(default_factory=dict)


_lock = threading.Lock()
"""Of the last look at the files, and of what is not asked yet."""
_looked = Look("", -1.0, ())
_libraries: Recent[Library] = Recent(2)
_presets: tuple[Library | None, list[tuple[presets.Preset, Recipe]]] = (None, [])
_models: Recent[Model] = Recent(24)
_datasets: Recent[EncodedDataset] = Recent(8)
_faults: Recent[str] = Recent(256)
"""Of models that were asked to rebuild pictures: what is wrong, "" for nothing."""
_unasked: dict[tuple[str, ...], Model] = {}
"""Opened models that were not asked yet; guarded by `_lock`."""
_finished: Recent[Finished] = Recent(
    MOST_BYTES, lambda made: made.picture.nbytes + made.layers.nbytes + made.without.nbytes + BESIDES
)
_found: Recent[dict[str, Any]] = Recent(MOST_BYTES, lambda found: 8 * len(json.dumps(found)) + BESIDES)
Value = TypeVar("Value")


def library() -> Library:
    """Everything that can be opened; looked at anew as soon as a file under models/ changes."""
    return _opened(_libraries, (_part(""),), _library, t("Checking the models"))


def _library() -> Library:
    """What is wrong with a folder is kept for all visitors, and so in English."""
    with speaking(ENGLISH):
        return open_library()


def presets_of(library: Library) -> list[tuple[presets.Preset, Recipe]]:
    """`presets.present` of the library that there is, read once: ten links take longer than all else in a run."""
    global _presets
    known, found = _presets
    if known is not library:
        found = presets.present(library)
        _presets = library, found
    return found


def model(slug: str) -> Model:
    """An opened model, shared by all visitors and never written to.

    Raises:
        BrokenFolder: its folder cannot be used, or `rebuilt` has found that its decoder is another one.
    """
    of = slug.split("/", 1)[0]
    key = slug, _part(of)
    found = _opened(_models, key, lambda: Model(slug, dataset(of)), t("Opening the model"))
    fault = _faults.get(key)
    if fault:
        raise BrokenFolder(fault)
    if fault is None:
        with _lock:
            _unasked[key] = found
    return found


def rebuilt() -> bool:
    """Whether all models opened so far rebuild their pictures as their cards say; from then on `model` refuses others.

    A page asks this when it has been sent, as the first model of a dataset has to wait for its thumbnails: 0.4 s. Each
    is asked once, as long as its files stay the same; that takes some milliseconds.
    """
    with _lock:
        asked = dict(_unasked)
    sound = True
    for key, one in asked.items():
        fault = _faults.get_or_make(key, lambda one=one: _fault(one))  # type: ignore[misc]
        sound = sound and not fault
        with _lock:
            _unasked.pop(key, None)
    return sound


def _fault(one: Model) -> str:
    """What is wrong with a model's decoder, or with the thumbnails of its dataset; "" for nothing."""
    try:
        with speaking(ENGLISH):  # it is kept for all visitors
            check_rebuilding(one)
    except (BrokenFolder, GraphFailed) as problem:
        return str(problem)
    return ""


def dataset(slug: str) -> EncodedDataset:
    """An opened dataset, shared by all visitors and never written to."""
    return _datasets.get_or_make((slug, _part(slug)), lambda: EncodedDataset(slug))


def stamp_of(slug: str) -> str:
    """A text that changes when a file of that dataset or of one of its models does."""
    return _part(slug)


def _opened(kept: Recent[Value], key: tuple[str, ...], make: Callable[[], Value], told: str) -> Value:
    """What is kept, or made while a visitor is told so; the first HTML is made when there is no page to tell it on."""
    found = kept.get(key)
    if found is not None:
        return found
    if get_script_run_ctx(suppress_warning=True) is None:
        return kept.get_or_make(key, make)
    with st.spinner(told):
        return kept.get_or_make(key, make)


def finished(method: str, recipe: Recipe, groups: str) -> Finished | None:
    """The slower blend that somebody has waited for already, if it is remembered."""
    return _finished.get(_ordered(method, recipe, groups))


def remember(method: str, recipe: Recipe, groups: str, made: Finished) -> None:
    """Keeps a slower blend, and forgets the one that was not asked for longest."""
    _finished.put(_ordered(method, recipe, groups), made)


def found(order: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a search has found that somebody has ordered before, if it is remembered."""
    return _found.get(_searched(order))


def remember_found(order: Mapping[str, Any], result: dict[str, Any]) -> None:
    """Keeps what a search has found."""
    _found.put(_searched(order), result)


def _searched(order: Mapping[str, Any]) -> tuple[str, ...]:
    """All that a search's result depends on."""
    return (*map(str, sorted(order.items())), _part(str(order["model"]).split("/", 1)[0]))


def _ordered(method: str, recipe: Recipe, groups: str) -> tuple[str, ...]:
    """All that a slower blend depends on, the files of its dataset included."""
    return method, recipe.slug, str(recipe.w), str(recipe.seed), groups, _part(recipe.data)


def _part(dataset_slug: str) -> str:
    """The stamp of one dataset's files, or of all with ""."""
    global _looked
    root = models_root()
    with _lock:
        if _looked.root != str(root) or time.monotonic() - _looked.when > FRESH:
            seen = stamp(root)
            same = _looked.root == str(root) and _looked.seen == seen
            _looked = Look(str(root), time.monotonic(), seen, _looked.parts if same else {})
        parts = _looked.parts
        if dataset_slug not in parts:
            inside = "" if not dataset_slug else f"{dataset_slug}{os.sep}"
            parts[dataset_slug] = str([one for one in _looked.seen if one[0].startswith(inside)])
        return parts[dataset_slug]
