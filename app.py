"""The web app: the pages, with the models and the browser's half served beside them.

`streamlit run app.py`, `python app.py` and `make run` start it from any folder.
"""

import sys
from pathlib import Path

import streamlit as st

from server import mount

ROOT = Path(__file__).resolve().parent

if __name__ == "__main__":
    from streamlit.web import cli

    cli.main(["run", __file__, *sys.argv[1:]])  # before anything has read the settings that flags may change

app = st.App(
    ROOT / "pages" / "frame.py",
    routes=mount.routes(ROOT),
    middleware=mount.middleware(ROOT),
    lifespan=mount.lifespan,
)
