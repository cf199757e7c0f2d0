"""The form of a measurement: what, value, unit, goal, whether it is met, how often it was seen and how sure it is."""

import json
import os
import platform
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"

Row = dict[str, Any]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie, the next higher one where it falls between two."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return percentile(values, 0.5)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below."""
    return percentile(values, 0.95)


def stderr(values: Sequence[float], of: Callable[[Sequence[float]], float], rounds: int = 400) -> float:
    """Standard error of a statistic, by drawing the sample again with replacement (seed 0)."""
    draw = random.Random(0)
    seen = [of(draw.choices(values, k=len(values))) for _ in range(rounds)]
    mean = sum(seen) / rounds
    return (sum((value - mean) ** 2 for value in seen) / (rounds - 1)) ** 0.5


def row(
    what: str,
    values: Sequence[float],
    unit: str,
    goal: float | None,
    of: Callable[[Sequence[float]], float] = median,
    better: str = "lower",
) -> Row:
    """One line of a result: the statistic `of` the values against its goal.

    Args:
        what: the claim in words.
        values: every single measurement.
        goal: the worst value that still meets the claim; None where the line is for information.
        of: the statistic; by default the median.
        better: "lower" or "higher".
    """
    value = of(values)
    met = None if goal is None else bool(value <= goal if better == "lower" else value >= goal)
    error = stderr(values, of) if len(values) > 1 else 0.0
    numbers = {"value": round(value, 3), "stderr": round(error, 3)}
    line = {"what": what, "unit": unit, "goal": goal, "better": better, "met": met, "n": len(values), "seeds": [0]}
    verdict = {None: "", True: "met", False: "NOT MET"}[met]
    print(f"    {what}: {numbers['value']} {unit} (goal {goal}, n {len(values)}) {verdict}", flush=True)
    return line | numbers


def save(name: str, rows: list[Row], browser: str) -> Path:
    """Write benchmarks/results/NAME.json."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    facts = {
        "commit": commit.stdout.strip() or "unknown",
        "machine": f"{processor()}, {os.cpu_count()} cores, no GPU",
        "with": f"Python {sys.version.split()[0]}, Chromium {browser}",
        "date": datetime.now(UTC).date().isoformat(),
        "rows": rows,
    }
    path.write_text(json.dumps(facts, indent=1) + "\n")
    return path


def processor() -> str:
    """The processor's name as Linux gives it."""
    table = Path("/proc/cpuinfo")
    lines = table.read_text().splitlines() if table.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
