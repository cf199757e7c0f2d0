"""What the same browser and machine do without Medley: a bare Streamlit page, and an empty canvas under a slider."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from benchmarks.drive import long_drag
from tests.harness.serving import Server

BARE = 'import streamlit as st\n\nst.title("Bare")\n'
TITLE = "() => window.titled ?? 0"
NOTE_TITLE = """
const look = () => {
  const now = () => performance.timeOrigin + performance.now();
  if (document.querySelector("h1")) requestAnimationFrame(() => { window.titled = now(); });
  else requestAnimationFrame(look);
};
look();
"""
# The frame loop of web/ui/frame_loop.js with nothing to do: newest input wins, a message tells that it was painted.
CANVAS = """<!doctype html>
<input type="range" aria-label="Amount of nothing" min="0" max="100" value="50" style="width: 400px">
<canvas width="28" height="28"></canvas>
<script>
  window.medley = { frames: [] };
  const pen = document.querySelector("canvas").getContext("2d");
  const picture = new ImageData(28, 28);
  const channel = new MessageChannel();
  let input = 0, asked = false, drawn = [];
  channel.port1.onmessage = () => {
    for (const frame of drawn.splice(0)) window.medley.frames.push({ ...frame, painted: performance.now() });
  };
  document.querySelector("input").addEventListener("input", (event) => {
    input = event.timeStamp;
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const began = performance.now();
      picture.data.fill(event.target.value);
      pen.putImageData(picture, 0, 0);
      drawn.push({ input, work: performance.now() - began });
      channel.port2.postMessage(0);
    });
  });
</script>"""


def bare_arrivals(browser: Browser, times: int) -> list[float]:
    """s until the title of a page with nothing else is painted: warm server, fresh profile each time."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE)
        server = Server(Path(folder) / "log.txt", app=script).start()
        waits = [_titled(browser, server.url) for _ in range(times + 1)]
        server.stop()
    return waits[1:]


def _titled(browser: Browser, url: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.add_init_script(NOTE_TITLE)
    began = time.time()
    page.goto(url, wait_until="commit")
    titled: float = page.wait_for_function(TITLE, timeout=60_000, polling=10).json_value() / 1000
    context.close()
    return titled - began


def canvas_waits(browser: Browser, frames: int) -> list[float]:
    """ms from the newest input to a painted frame of an empty 28 x 28 canvas, while a slider is dragged."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_content(CANVAS)
    waits = [frame["painted"] - frame["input"] for frame in long_drag(page, frames)]
    context.close()
    return waits
