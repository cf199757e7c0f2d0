"""Promises of the web server: headers, compression, revalidation, speed, and how much the process holds."""

import gzip
import http.client
import json
import re
import time
import zlib
from html import unescape
from pathlib import Path

import pytest

from pages.parts.learn import book
from server import assets, icons
from tests.harness.serving import ROOT, Server
from tests.unit.asking import ask

FILES = ["/", "/map", "/favicon.png", "/web/icon.svg", "/web/vendor/ort.wasm.bundle.min.mjs", "/_stcore/health"]
WASM = "/web/vendor/ort-wasm-simd-threaded.wasm"


def streamlit_scripts(app: Server) -> list[str]:
    """Addresses of the scripts that Streamlit's page loads."""
    return re.findall(r'src="\.(/static/js/[^"]+)"', ask(app, "/")[2].decode())


@pytest.mark.parametrize("path", [*FILES, "/nothing-here", "/web/nothing.js"])
def test_every_answer_carries_the_security_headers(app: Server, path: str) -> None:
    _, headers, _ = ask(app, path)
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert "unsafe" not in policy["script-src"].replace("'wasm-unsafe-eval'", "")
    assert "*" not in headers["content-security-policy"] and "http" not in headers["content-security-policy"]
    assert policy["object-src"] == "'none'" and policy["frame-ancestors"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize("path", ["/", "/web/vendor/ort.wasm.bundle.min.mjs", "streamlit"])
def test_files_are_compressed_and_the_same_when_unpacked(app: Server, path: str) -> None:
    path = streamlit_scripts(app)[0] if path == "streamlit" else path
    status, headers, packed = ask(app, path, accept_encoding="gzip, br")
    plain = ask(app, path)[2]
    assert status == 200 and headers["content-encoding"] == "gzip" and "accept-encoding" in headers["vary"].lower()
    assert int(headers["content-length"]) == len(packed) < 0.6 * len(plain)
    assert gzip.decompress(packed) == plain


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; Q=0.000,*;q=0.5", "gzip"),
        ("gzip", "gzip"),
        ("gzip;q=0, br;q=0", None),
        ("xbr, gzipped", None),
        ("", None),
    ],
)
def test_the_runtime_is_sent_as_it_is_kept(app: Server, accepts: str, encoding: str | None) -> None:
    status, headers, body = ask(app, WASM, **({"accept_encoding": accepts} if accepts else {}))
    assert status == 200 and headers["content-type"] == "application/wasm"
    assert headers.get("content-encoding") == encoding
    if encoding == "gzip":
        body = zlib.decompress(body, 31)
    if encoding != "br":
        assert body[:4] == b"\0asm" and len(body) > 14_000_000


@pytest.mark.parametrize("accepts", ["gzip;q=0", "identity", "*;q=0", "gzip;q=x"])
def test_nothing_is_compressed_for_those_who_do_not_take_it(app: Server, accepts: str) -> None:
    for path in ("/", "/web/vendor/ort.wasm.bundle.min.mjs"):
        assert "content-encoding" not in ask(app, path, accept_encoding=accepts)[1]


def test_a_first_visit_is_told_ahead_how_much_comes(app: Server) -> None:
    """The sizes in the first HTML are those that are sent, of every file that it names; the runtime is one."""
    html = ask(app, "/")[2].decode()
    sizes = json.loads(unescape(re.search('<meta name="medley-first" content="([^"]+)"', html)[1]))["sizes"]
    assert {WASM[1:], "models/mnist/mmd-20/decoder.onnx"} < set(sizes) and len(sizes) > 100
    assert set(re.findall(r'(?:src|href)="\./((?:static|web)/[^"]+)"', html)) <= set(sizes)
    total = 0
    for path, size in sizes.items():
        _, headers, body = ask(app, f"/{path}", accept_encoding="gzip, br")
        assert size == pytest.approx(len(body), rel=0.01, abs=64)
        total += len(body)
        if headers.get("content-encoding") == "gzip":
            assert int(headers["x-unpacked-length"]) == len(gzip.decompress(body))
        if path == WASM[1:]:
            assert int(headers["x-unpacked-length"]) > 14_000_000
    assert f"0.0 of {sum(sizes.values()) / 1e6:.1f} MB" in html and total == pytest.approx(
        sum(sizes.values()), rel=0.02
    )


def test_changed_files_are_noticed_and_unchanged_ones_cost_nothing(app: Server) -> None:
    for path in ("/web/vendor/ort.wasm.bundle.min.mjs", WASM, "/graphs/index.json"):
        _, headers, _ = ask(app, path, accept_encoding="gzip, br")
        assert headers["cache-control"] == "no-cache"
        for tag in (headers["etag"], f"W/{headers['etag'].removeprefix('W/')}"):
            assert ask(app, path, accept_encoding="gzip, br", if_none_match=tag)[::2] == (304, b"")
        assert ask(app, path, accept_encoding="gzip, br", if_none_match='"another"')[0] == 200


def test_types_are_right_on_every_machine(app: Server) -> None:
    for path, kind in {
        "/graphs/plain_average.onnx": "application/octet-stream",
        "/web/vendor/ort-wasm-simd-threaded.mjs": "text/javascript; charset=utf-8",
        "/graphs/index.json": "application/json",
        "/web/icon.svg": "image/svg+xml",
    }.items():
        assert ask(app, path)[1]["content-type"] == kind


def test_the_font_of_icons_holds_those_that_are_shown(app: Server) -> None:
    """And no others: Streamlit's weighs 375 kB on every first visit. `.ci/icons.py` makes it."""
    [whole] = icons.MEDIA.glob("MaterialSymbols-Rounded.*.woff2")
    _, headers, body = ask(app, f"/static/media/{whole.name}")
    assert body[:4] == b"wOF2" and headers["content-type"] == "font/woff2"
    assert len(body) < 0.1 * whole.stat().st_size
    there = set((ROOT / "web/icons/symbols.txt").read_text().split())
    places = [(icons.MEDIA.parent / "js", "*.js"), (ROOT / "pages", "*.py"), (ROOT / "server", "*.py")]
    texts = [path.read_text(encoding="utf-8") for folder, ending in places for path in folder.rglob(ending)]
    named = {name for text in texts for name in re.findall(r":material/([a-z0-9_]+)", text)}
    assert "keyboard_double_arrow_right" in named
    assert named - there == {"star_filled"}, "run .ci/icons.py"  # the whole font does not have that one


def test_ranges_still_work(app: Server) -> None:
    status, headers, body = ask(app, "/web/icon.svg", Range="bytes=0-3", accept_encoding="gzip")
    assert status == 206 and body == b"<svg" and "content-encoding" not in headers


def test_small_answers_come_at_once(app: Server) -> None:
    """Ten requests on one connection: they do not wait 40 ms each for a delayed acknowledgement."""
    line = http.client.HTTPConnection("127.0.0.1", app.port, timeout=20)
    waits = []
    for _ in range(10):
        began = time.perf_counter()
        line.request("GET", "/web/base.js")
        line.getresponse().read()
        waits.append(time.perf_counter() - began)
    line.close()
    assert sorted(waits)[2] < 0.03, "a busy machine slows some, a delayed acknowledgement all but the first"


def test_the_process_may_hold_many_sessions(app: Server) -> None:
    """Four open files a session: the limit the app sets for itself must carry more than a lecture hall."""
    table = Path(f"/proc/{app.process.pid}/limits")
    if not table.exists():
        pytest.skip("only Linux shows another process's limits")
    soft, hard = re.search(r"Max open files +(\w+) +(\w+)", table.read_text()).groups()
    assert soft == hard or int(soft) >= 65_536


def test_the_server_holds_no_workshop(app: Server) -> None:
    """No library of torch, scikit-learn or numba is loaded into the process that serves."""
    assert app.process is not None
    maps = Path(f"/proc/{app.process.pid}/maps")
    if not maps.exists():
        pytest.skip("only Linux shows another process's libraries")
    assert "onnxruntime" in maps.read_text()
    assert not re.findall(r"site-packages/(torch|sklearn|numba|llvmlite|umap)\b", maps.read_text())


def test_what_is_kept_compressed_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that takes no encodings costs .07 s of a core once, however many there are; a new file is read."""
    calls: list[int] = []
    unpack = gzip.decompress
    monkeypatch.setattr(gzip, "decompress", lambda data: calls.append(1) or unpack(data))
    for i, content in enumerate((b"one", b"another")):
        (tmp_path / "engine.gz").write_bytes(gzip.compress(content))
        assert [assets._unpack(str(tmp_path / "engine.gz")) for _ in range(3)] == [content] * 3
        assert len(calls) == i + 1


def test_pictures_of_learn_stay_where_they_are(app: Server) -> None:
    """Streamlit's addresses of pictures end with the visit to a page: leaving it while they came made a 404 of each."""
    for chapter in book.pages(book.LEARN).values():
        for alt, path, caption in book.PICTURE.findall(chapter.text):
            shown = book.figure(chapter.folder / path, alt, caption)
            source = re.search(r'<img src="([^"]+)" width="\d+" height="\d+" alt=', shown)
            assert source and caption
            status, headers, body = ask(app, f"/{source[1]}")
            assert (status, headers["content-type"], body) == (200, "image/png", (chapter.folder / path).read_bytes())
