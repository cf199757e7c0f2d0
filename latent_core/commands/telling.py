"""What `blend` and `compare` say about pictures: small tables for people, or one JSON object for programs."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from latent_core.evidence import Reading, Shown, comparison, turned_into
from latent_core.models.comparing import Standing
from latent_core.models.even_out import Evened
from latent_core.models.model import Blend


def as_json(
    blend: Blend,
    sha256: str,
    out: Path,
    evened: Evened | None,
    readings: tuple[Reading, Mapping[str, Reading]] | None,
) -> str:
    """One JSON object: recipe, picture_sha256, file; evened, reading and alternatives where they were asked for."""
    said: dict[str, Any] = {"recipe": blend.record(), "picture_sha256": sha256, "file": str(out)}
    if evened:
        said["evened"] = {**asdict(evened), "recipe": blend.record(), "sentence": evened.sentence()}
    if readings:
        said["reading"] = readings[0].to_json()
        said["alternatives"] = {title: other.to_json() for title, other in readings[1].items()}
    return json.dumps(said, indent=2, ensure_ascii=False)


def sentences(blend: Blend, reading: Reading, others: Mapping[str, Reading]) -> Iterator[str]:
    """The reading's sentence, a line a class, and a line for each usual answer."""
    yield reading.sentence()
    if reading.became:
        yield turned_into(reading.became)
    shares = blend.recipe.shares()
    width = max(len(name) for name in ("class", *reading.bits))
    yield f"  {'class':{width}}  {'share':>6}  {'bits':>6}" + ("  it adds" if reading.without else "")
    for name in (*reading.chosen, *(name for name in reading.bits if name not in reading.chosen)):
        line = f"  {name:{width}}  {shares.get(name, 0):>6.1%}  {reading.bits[name]:>+6.1f}"
        own = (reading.without or {}).get(name)
        yield line + (f"  {own:>+7.1f}" if own is not None else "")
    outside = f"{reading.baseline:+.1f} on average"
    yield f"Bits: 0 says nothing; classes that are not in a blend of {reading.n} have {outside}."
    if reading.recoverability is not None:
        yield f"Told from the classes that are not in it: {reading.recoverability:.2f} (0.5 is chance, 1 always)."
    yield f"Sharpness {reading.sharpness:.2f} of 1."
    for title, other in others.items():
        yield f"  {title}: {other.k} of {other.n}, sharpness {other.sharpness:.2f}"
    shown = [Shown(title, one.k, one.sharpness) for title, one in {"Blend": reading, **others}.items()]
    if said := comparison(reading.n, shown):
        yield said
    if reading.note and reading.chosen:
        yield reading.note


def standings_as_json(found: Iterable[Standing]) -> str:
    """One JSON object: what each model makes of a recipe, the best first, with its reading or why there is none."""
    said = []
    for one in found:
        name, bits = one.least
        said.append(
            {
                "model": one.slug,
                "title": one.title,
                "squared_error": None if math.isnan(one.error) else one.error,
                "least": {"class": name, "bits": round(bits, 4)} if name else None,
                "reading": one.reading.to_json() if one.reading else None,
                "why": one.why,
            }
        )
    return json.dumps({"models": said}, indent=2, ensure_ascii=False)
