"""What the web server adds to Streamlit: our files, security headers, compression and limits."""

import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount

from latent_core.artifacts import models_root
from latent_core.graphs.graph import SHARED
from pages.parts.learn import book
from server import (
    assets,
    compression,
    crowd,
    headers,
    hosts,
    icons,
    idle,
    limits,
    logs,
    missing,
    pace,
    shell,
    whole_page,
    work,
)

# Imported before the first visitor comes, so that no visitor waits for them and gc.freeze() covers them.
WARM = ("numpy", "onnxruntime", "safetensors.numpy", "msgspec", "PIL.Image", "latent_core", "pages.parts.loaders")


def routes(root: Path) -> list[BaseRoute]:
    """The page every visit starts from, and the folders that browsers read: /models, /graphs, /pictures and /web.

    Args:
        root: the repository's folder.
    """
    base = _base()
    return [
        *shell.routes(root, base),
        shell.words(f"{base}/locales"),
        Mount(f"{base}/models", assets.Assets(models_root()), name="models"),
        Mount(f"{base}/graphs", assets.Assets(SHARED), name="graphs"),
        Mount(f"{base}/{book.PICTURES}", assets.Assets(book.DOCS / book.LEARN / "pictures"), name="pictures"),
        Mount(f"{base}/web", assets.Assets(root / "web"), name="web"),
    ]


def middleware(root: Path) -> list[Middleware]:
    """The layers around every response, outermost first."""
    return [
        Middleware(headers.SecurityHeaders),
        Middleware(hosts.KnownHosts),
        Middleware(crowd.Crowd),
        Middleware(pace.Pace),
        Middleware(whole_page.WholePageFirst),
        Middleware(limits.UploadBudget),
        Middleware(icons.OurIcons, base=_base()),
        Middleware(compression.CompressOnce),
        Middleware(missing.MissingPages, pages=shell.paths(root, _base())),
    ]


def _base() -> str:
    """The path that the app lies below, "" or like "/medley"."""
    below = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{below}" if below else ""


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Prepare the process once: its limits, its sockets, and imports that no later collection walks through."""
    limits.raise_open_files()
    limits.send_at_once()
    servers = idle.servers()
    for name in WARM:
        importlib.import_module(name)
    await shell.warm()
    gc.collect()
    gc.freeze()
    with logs.measured_logs(), work.counted_work():
        async with idle.idle_ones_closed(servers):
            yield
