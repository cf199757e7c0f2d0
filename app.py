"""The web app: the pages, with the models and the browser's half served beside them.

`streamlit run app.py`, `python app.py` and `make run` start it from any folder.
"""

from pathlib import Path

import streamlit as st

from pages.parts import server

ROOT = Path(__file__).resolve().parent

app = st.App(
    ROOT / "pages" / "frame.py",
    routes=server.routes(ROOT),
    middleware=server.middleware(),
    lifespan=server.lifespan,
)

if __name__ == "__main__":
    app.run()
