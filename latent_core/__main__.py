"""Medley on the command line: import pictures, fetch data, train, export, verify, blend, compare, search and more."""

import contextlib
import io
import itertools
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

PROGRAM = "medley" if Path(sys.argv[0]).stem == "medley" else "python -m latent_core"
"""How this was called: the console command of an installation, or the module."""


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; 0 done, 1 a check failed, 2 a wrong argument or missing file, 130 interrupted."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        from latent_core import commands
    except ImportError as error:
        return _refuse(f"the command line needs more than the app ({error}): pip install -r requirements.txt", 2)
    _sweep(given)
    try:
        for sentence in _answers(given or ["--help"]):
            print(sentence, flush=True)
    except commands.Failed as error:
        return _refuse(str(error), 1)
    except ImportError as error:
        workshop = 'pip install -r requirements.txt, or ".[workshop]" after pip install .'
        return _refuse(f"this command needs the workshop ({error}): {workshop}", 2)
    except BrokenPipeError:  # whoever reads has what it wants, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be written goes nowhere
        return 0
    except KeyboardInterrupt:
        return _refuse("stopped; what is finished stays, and the same command goes on from there", 130)
    except (LookupError, ValueError, OSError) as error:
        if isinstance(error, (KeyError, IndexError)):
            raise  # a fault of the program, not of what it was given
        return _refuse(str(error), 2)
    return 0


def _sweep(given: list[str]) -> None:
    """Clears what killed commands left half written, in the usual folders and in those that are named now."""
    from latent_core import artifacts
    from latent_core.commands.checks import RUNS
    from latent_core.datasets import _own

    values = list(itertools.pairwise(given))
    named = [Path(word) for flag, word in values if flag in ("--models", "--runs")]
    for folder in dict.fromkeys([artifacts.models_root(), RUNS, _own.folder(), *named]):
        artifacts.sweep_below(folder)
    outs = [Path(word).parent for flag, word in values if flag == "--out"]
    for folder in dict.fromkeys([Path(), *outs]):  # not below it: it may be anybody's
        artifacts.sweep_below(folder, 0)


def _answers(given: list[str]) -> Iterator[str]:
    """The chosen command's sentences.

    Raises:
        ValueError: arguments that the command does not take.
    """
    import tyro

    from latent_core import commands
    from latent_core.commands.number_flags import number_flags

    slug = next((word for word in given[1:2] if not word.startswith("-")), None)
    known: dict[str, Callable[..., Iterator[str]]] = {
        "run": commands.run,
        "import-pictures": commands.import_pictures,
        "make-all": commands.make_all,
        "data": commands.data,
        "train": _train(slug if given[0] == "train" else None),
        "encode": commands.encode,
        "project": commands.project,
        "export": commands.export,
        "verify": commands.verify,
        "upgrade": commands.upgrade,
        "judge": commands.judge,
        "generators": commands.generators,
        "prior": commands.prior,
        "blend": commands.blend,
        "export-html": commands.export_html,
        "compare": commands.compare,
        "search": commands.search,
        "graphs": commands.graphs,
        "strokes": commands.strokes,
    }
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            answer: Iterator[str] = tyro.extras.subcommand_cli_from_dict(
                known, prog=PROGRAM, description=__doc__, args=given, registry=number_flags()
            )
    except SystemExit as stop:
        if stop.code in (0, None):
            return
        raise ValueError(_sentence(said.getvalue())) from None
    yield from answer


def _train(slug: str | None) -> Callable[..., Iterator[str]]:
    """The `train` command; without the workshop one that says what it needs, so that all others still work."""
    from latent_core import commands

    try:
        return commands.train_command(slug)
    except ImportError as error:
        missing = str(error)

    def train(slug: str = "", /) -> Iterator[str]:
        """Train a model; it needs the workshop: pip install ".[workshop]"."""
        raise ImportError(missing)

    return train


def _sentence(box: str) -> str:
    """The first paragraph of the parser's framed message, as one line."""
    words: list[str] = []
    for line in box.splitlines()[1:]:
        inner = re.sub(r"\x1b\[[0-9;]*m", "", line).strip("│| ")
        if not re.search(r"\w", inner):  # a rule, in a terminal's letters or in ASCII
            if words:
                break
            continue
        words.append(inner)
    return " ".join(words) or "these arguments are not understood; try --help"


def _refuse(sentence: str, code: int) -> int:
    """Says why nothing more happens."""
    print(f"medley: {sentence}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
