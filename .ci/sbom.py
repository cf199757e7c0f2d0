"""Writes a software bill of materials (CycloneDX 1.6, JSON): `python .ci/sbom.py > medley.cdx.json`, or `make sbom`.

What is locked, with the hashes of its files; what is vendored for browsers; and the models that ship. Nothing is asked
of the network, and the same repository gives the same bill.
"""

import hashlib
import json
import re
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)\s*(?:;\s*(.*?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(lock: Path) -> Iterator[tuple[str, str, str, list[str]]]:
    """(name, version, marker or "", SHA-256 of each of its files) of every package of a lock."""
    for entry in re.split(r"\n(?=[A-Za-z])", lock.read_text(encoding="utf-8")):
        found = PINNED.match(entry.splitlines()[0]) if entry.strip() else None
        if found:
            yield found[1], found[2], found[3] or "", HASH.findall(entry)


def packages() -> Iterator[dict[str, Any]]:
    """Python's: `required` to serve, `optional` for the workshop and the tests."""
    serving = {name for name, *_ in locked(ROOT / "requirements-serve.lock")}
    for name, version, marker, hashes in locked(ROOT / "requirements.lock"):
        purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version.replace('+', '%2B')}"
        facts = [{"name": "medley:marker", "value": marker}] if marker else []
        facts += [{"name": "medley:file:sha256", "value": one} for one in hashes]
        scope = "required" if name in serving else "optional"
        yield {"type": "library", "bom-ref": purl, "name": name, "version": version, "scope": scope, "purl": purl,
               "properties": facts}  # fmt: skip


def vendored() -> dict[str, Any]:
    """ONNX Runtime Web, with the files of it that are served."""
    folder = ROOT / "web" / "vendor"
    name, version = (folder / "VERSION").read_text(encoding="utf-8").split()[:2]
    purl = f"pkg:npm/{name}@{version}"
    parts = [_file(path, f"{purl}#") for path in sorted(folder.glob("ort*")) if not path.name.endswith(".mts")]
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "scope": "required", "purl": purl,
            "licenses": [{"license": {"id": "MIT"}}], "components": parts}  # fmt: skip


def icons() -> dict[str, Any]:
    """Material Symbols, of which some are served (.ci/icons.py)."""
    return {"type": "library", "bom-ref": "material-symbols", "name": "material-symbols", "version": "2.980",
            "scope": "required", "licenses": [{"license": {"id": "Apache-2.0"}}],
            "components": [_file(ROOT / "web" / "icons" / "symbols.woff2", "material-symbols#")]}  # fmt: skip


def models() -> Iterator[dict[str, Any]]:
    """Every model folder by its card, which holds the hashes of all of its files."""
    for card in sorted((ROOT / "models").glob("*/*/card.json")):
        slug = "/".join(card.parts[-3:-1])
        facts = {"type": "machine-learning-model", "bom-ref": f"model:{slug}", "name": slug}
        yield facts | {"hashes": [{"alg": "SHA-256", "content": _hash(card)}]}


def bill() -> dict[str, Any]:
    """The whole bill."""
    components = [*packages(), vendored(), icons(), *models()]
    medley = {"type": "application", "bom-ref": "medley", "name": "medley", "licenses": [{"license": {"id": "MIT"}}]}
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(components, sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"component": medley},
        "components": components,
        "dependencies": [{"ref": "medley", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _file(path: Path, prefix: str) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": _hash(path)}]
    return {"type": "file", "bom-ref": f"{prefix}{path.name}", "name": path.name, "hashes": hashes}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(), indent=1) + "\n")
