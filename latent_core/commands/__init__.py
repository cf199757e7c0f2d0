"""The commands of `python -m latent_core`: each yields sentences for people; `__main__` shows them and any error."""

from latent_core.commands.blend import blend, graphs
from latent_core.commands.checks import Failed
from latent_core.commands.compare import compare
from latent_core.commands.data import data, import_pictures, make_all
from latent_core.commands.export_html import export_html
from latent_core.commands.generators import generators
from latent_core.commands.judge import judge
from latent_core.commands.models import encode, export, project, upgrade, verify
from latent_core.commands.prior import prior
from latent_core.commands.run import run
from latent_core.commands.search import search
from latent_core.commands.strokes import strokes
from latent_core.commands.train import train_command

__all__ = [
    "Failed",
    "blend",
    "compare",
    "data",
    "encode",
    "export",
    "export_html",
    "generators",
    "graphs",
    "import_pictures",
    "judge",
    "make_all",
    "prior",
    "project",
    "run",
    "search",
    "strokes",
    "train_command",
    "upgrade",
    "verify",
]
