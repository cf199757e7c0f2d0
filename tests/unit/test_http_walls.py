"""Promises of the web server: nothing outside the two served folders comes out, nothing is written, no stranger in."""

import http.client
from urllib.parse import urlsplit

import pytest

from tests.harness.serving import ROOT, Server
from tests.unit.asking import ask

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


def test_a_link_longer_than_any_is_answered_and_breaks_nothing(app: Server) -> None:
    """79 kB of parameters: the page or a refusal, and the next visitor notices nothing."""
    status, _, _ = ask(app, "/?w=" + ",".join(f"c{i}:1" for i in range(10_000)))
    assert status in (200, 400, 414, 431)
    assert ask(app, "/")[0] == 200
    assert "Traceback" not in app.log()


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_uploads_are_refused(app: Server, method: str) -> None:
    status, _, body = ask(app, "/_stcore/upload_file/session/file", method, b"x" * 100_000)
    assert status == 413 and body == b"Medley takes no uploads.\n"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_files_can_only_be_read(app: Server, method: str) -> None:
    assert ask(app, "/web/icon.svg", method, b"")[0] == 405


UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
UPGRADE |= {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
FOREIGN = [
    "http://evil.example",
    "null",
    "http://127.0.0.1:1",
    "http://127.0.0.1",
    "http://localhost",
    "//x",
    "http://[",
    "",
]


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_page_cannot_open_the_socket(app: Server, origin: str) -> None:
    """Another port of the same machine is another server, which anybody may run."""
    assert ask(app, "/_stcore/stream", **UPGRADE, Origin=origin)[0] == 403


def test_an_own_page_opens_the_socket(app: Server) -> None:
    assert ask(app, "/_stcore/stream", **UPGRADE, Origin=app.url)[0] == 101


@pytest.mark.parametrize("path", ["/", "/map", "/web/base.js", "/models/mnist/dataset.json", "/_stcore/health", "/no"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1:x", "u@127.0.0.1"])
def test_other_names_of_the_server_are_refused(app: Server, path: str, host: str) -> None:
    """Like the socket: a name that somebody else points at this machine opens nothing."""
    line = http.client.HTTPConnection("127.0.0.1", app.port, timeout=20)
    line.putrequest("GET", path, skip_host=True)
    line.putheader("Host", host)
    line.endheaders()
    answer = line.getresponse()
    assert answer.status in (400, 421) and (answer.status == 400 or b"server.allowedHosts" in answer.read())
    line.close()


@pytest.mark.parametrize("path", ["/nothing-here", "/map/deeper", "/index.html", "/a/../b", "/%F0%9F%A6%8A"])
def test_an_address_that_leads_nowhere_says_so(app: Server, path: str) -> None:
    status, _, body = ask(app, path)
    assert status in (400, 404) and (status == 400 or b"Open Medley" in body)
    assert ask(app, path, "HEAD")[::2] == (status, b"")


@pytest.mark.parametrize(("path", "asked"), [("/nothing-here?lang=de", "en"), ("/nothing-here", "de-CH,en;q=0.5")])
def test_it_says_so_in_the_visitors_language(app: Server, path: str, asked: str) -> None:
    status, headers, body = ask(app, path, Accept_Language=asked)
    assert status == 404 and b'<html lang="de"' in body and "Medley öffnen" in body.decode()
    assert "Accept-Language" in headers["vary"]
