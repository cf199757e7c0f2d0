"""Makes web/icons/symbols.woff2: of Streamlit's font of icons, those that it or a page of ours names.

`python -m pip install fonttools brotli && python .ci/icons.py`, after another version of Streamlit or another icon on a
page; the names that are in it stand in symbols.txt beside it.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

import streamlit

ROOT = Path(__file__).resolve().parents[1]
STREAMLIT = Path(streamlit.__file__).parent
OUT = ROOT / "web" / "icons" / "symbols"
NAMED = re.compile(r":material/([a-z0-9_]+)")


def named() -> set[str]:
    """Every icon that Streamlit's scripts and modules or our pages name."""
    rooms = [(ROOT / "pages", "*.py"), (ROOT / "server", "*.py"), (STREAMLIT, "*.py"), (STREAMLIT / "static", "*.js")]
    texts = (path.read_text(encoding="utf-8") for room, ending in rooms for path in room.rglob(ending))
    return {name for text in texts for name in NAMED.findall(text)}


def main() -> None:
    """Writes both files."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    [whole] = STREAMLIT.rglob("MaterialSymbols-Rounded.*.woff2")
    font = TTFont(whole)
    letters = font.getBestCmap()
    ligatures = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, found in getattr(table, "ExtSubTable", table).ligatures.items():
                ligatures |= {(first, *one.Component): one.LigGlyph for one in found}
    spelled = {name: tuple(letters[ord(letter)] for letter in name) for name in named()}
    kept = sorted(name for name, glyphs in spelled.items() if glyphs in ligatures)
    options = Options(layout_closure=False, layout_features=["*"], flavor="woff2", notdef_outline=True)
    subsetter = Subsetter(options)
    alphabet = [ord(letter) for letter in "abcdefghijklmnopqrstuvwxyz0123456789_"]
    subsetter.populate(glyphs=[ligatures[spelled[name]] for name in kept], unicodes=alphabet)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(written := BytesIO())
    OUT.with_suffix(".woff2").write_bytes(written.getvalue())
    OUT.with_suffix(".txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(kept)} icons, {len(written.getvalue())} bytes; not in the font: {named() - set(kept)}\n")


if __name__ == "__main__":
    main()
