"""Promises of the web server: headers, compression, revalidation, and nothing outside the two served folders."""

import gzip
import http.client
import re
import time
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serving import ROOT, Server

FILES = ["/", "/map", "/favicon.png", "/web/icon.svg", "/web/vendor/ort.wasm.bundle.min.mjs", "/_stcore/health"]
WASM = "/web/vendor/ort-wasm-simd-threaded.wasm"
SECRETS = (b"root:x:0", b"requirements", b"import streamlit", b"gatherUsageStats", b"[core]")

PROBES = [
    "/web/../app.py",
    "/web/%2e%2e/app.py",
    "/web/%2e%2e%2fapp.py",
    "/web/..%2fapp.py",
    "/web/..%5capp.py",
    "/web/....//app.py",
    "/web/%252e%252e/app.py",
    "/web/..;/app.py",
    "/web//etc/passwd",
    "/web//../../../etc/passwd",
    "/web/%2fetc%2fpasswd",
    "/web/vendor/../../app.py",
    "/web/vendor/%2e%2e/%2e%2e/.streamlit/config.toml",
    "/web/.%00./app.py",
    "/web/app.py%00.js",
    "/web/\\\\host\\share",
    "/web/C:/Windows/win.ini",
    "/web/.git/config",
    "/web/" + "a" * 9000,
    "/web/" + "a/" * 400 + "b",
    "/models/../app.py",
    "/models/..%2f..%2fetc/passwd",
    "/models/mnist/../../app.py",
    "/models/%c0%ae%c0%ae/app.py",
    "/models/mnist/%2e%2e/%2e%2e/requirements.txt",
    "/models/.git/HEAD",
    "/static/../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/app/static/../app.py",
    "/component/x/../../app.py",
    "/media/../app.py",
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/.git/config",
    "/.streamlit/config.toml",
    "/app.py",
    "/requirements.txt",
]


def ask(
    app: Server, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One raw request, its path sent as it is: status, headers in lower case, body."""
    line = http.client.HTTPConnection("127.0.0.1", app.port, timeout=20)
    line.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    if body is not None:
        line.putheader("Content-Length", str(len(body)))
    line.endheaders(body)
    answer = line.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    line.close()
    return found


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


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("", None)])
def test_the_runtime_is_sent_as_it_is_kept(app: Server, accepts: str, encoding: str | None) -> None:
    status, headers, body = ask(app, WASM, **({"accept_encoding": accepts} if accepts else {}))
    assert status == 200 and headers["content-type"] == "application/wasm"
    assert headers.get("content-encoding") == encoding
    if encoding == "gzip":
        body = zlib.decompress(body, 31)
    if encoding != "br":
        assert body[:4] == b"\0asm" and len(body) > 14_000_000


def test_changed_files_are_noticed_and_unchanged_ones_cost_nothing(app: Server) -> None:
    for path in ("/web/vendor/ort.wasm.bundle.min.mjs", WASM, "/web/graphs/index.json"):
        _, headers, _ = ask(app, path, accept_encoding="gzip, br")
        assert headers["cache-control"] == "no-cache"
        for tag in (headers["etag"], f"W/{headers['etag'].removeprefix('W/')}"):
            assert ask(app, path, accept_encoding="gzip, br", if_none_match=tag)[::2] == (304, b"")
        assert ask(app, path, accept_encoding="gzip, br", if_none_match='"another"')[0] == 200


def test_types_are_right_on_every_machine(app: Server) -> None:
    for path, kind in {
        "/web/graphs/plain_average.onnx": "application/octet-stream",
        "/web/vendor/ort-wasm-simd-threaded.mjs": "text/javascript; charset=utf-8",
        "/web/graphs/index.json": "application/json",
        "/web/icon.svg": "image/svg+xml",
    }.items():
        assert ask(app, path)[1]["content-type"] == kind


@pytest.mark.parametrize("path", PROBES, ids=lambda path: path[:40])
def test_nothing_outside_the_served_folders_comes_out(app: Server, path: str) -> None:
    status, headers, body = ask(app, path, accept_encoding="identity")
    assert status < 500
    assert not any(secret in body for secret in SECRETS)
    if urlsplit(path).path.startswith(("/web", "/models")) and status == 200:
        assert headers["content-type"].startswith("text/html")  # the app's own shell for an unknown page


def test_a_link_out_of_a_served_folder_is_not_followed(start_app, tmp_path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "leak.json").symlink_to(ROOT / "app.py")
    (tmp_path / "models" / ".hidden.json").write_text("{}")
    server = start_app(MEDLEY_MODELS=tmp_path / "models")
    assert ask(server, "/models/leak.json")[0] == 404
    assert ask(server, "/models/.hidden.json")[0] == 404
    (tmp_path / "models" / ".hidden.json").unlink()
    (tmp_path / "models" / "leak.json").unlink()
    (tmp_path / "models").rmdir()
    assert ask(server, "/models/x.json")[0] == 404  # a folder that goes missing is no error of the server


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_uploads_are_refused(app: Server, method: str) -> None:
    status, _, body = ask(app, "/_stcore/upload_file/session/file", method, b"x" * 100_000)
    assert status == 413 and body == b"Medley takes no uploads.\n"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_files_can_only_be_read(app: Server, method: str) -> None:
    assert ask(app, "/web/icon.svg", method, b"")[0] == 405


def test_ranges_still_work(app: Server) -> None:
    status, headers, body = ask(app, "/web/icon.svg", Range="bytes=0-3", accept_encoding="gzip")
    assert status == 206 and body == b"<svg" and "content-encoding" not in headers


def test_a_foreign_page_cannot_open_the_socket(app: Server) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    statuses = {
        origin: ask(app, "/_stcore/stream", **upgrade, **key, Origin=origin)[0]
        for origin in ("http://evil.example", "null")
    }
    assert statuses == {"http://evil.example": 403, "null": 403}


def test_small_answers_come_at_once(app: Server) -> None:
    """Ten requests on one connection: none waits 40 ms for a delayed acknowledgement."""
    line = http.client.HTTPConnection("127.0.0.1", app.port, timeout=20)
    waits = []
    for _ in range(10):
        began = time.perf_counter()
        line.request("GET", "/web/base.js")
        line.getresponse().read()
        waits.append(time.perf_counter() - began)
    line.close()
    assert sorted(waits)[5] < 0.03


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
