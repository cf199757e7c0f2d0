"""Behind nginx, as docs/serving.md says: at the root, below a path that nginx takes away or keeps, and in a frame."""

import http.client
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.blending import READY
from tests.browser.helpers import settle
from tests.harness.serving import ROOT, Server, free_port

PLACES = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", f"{sys.prefix}/nginx/usr/sbin"]
NGINX = shutil.which("nginx", path=":".join(PLACES))
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed: make nginx unpacks it on Debian")

CONFIG = """
worker_processes 1;
pid nginx.pid;
events {{}}
http {{
    access_log off;
    types {{ text/html html; }}
    {places}
    server {{
        listen 127.0.0.1:{port};
        large_client_header_buffers 4 64k;
        location /page/ {{ alias {folder}/; }}
        {locations}
    }}
}}
"""
ONE = "daemon off; master_process off;"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
FRAME = """<!doctype html><title>Around</title><link rel="icon" href="data:,">
<iframe src="/medley?theta=0.2" width="1200" height="760"></iframe>"""


@pytest.fixture(scope="module")
def proxy(app: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx with the locations of docs/serving.md before the session's app and one that knows its path; its address."""
    tmp_path = tmp_path_factory.mktemp("proxy")
    kept = Server(tmp_path / "log.txt", {"STREAMLIT_SERVER_BASE_URL_PATH": "kept"}).start()
    text = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    locations = "\n".join(re.findall(r"```nginx\n(.*?)```", text, flags=re.DOTALL))
    assert locations.count("location") == 5
    locations = locations.replace("127.0.0.1:8501", f"127.0.0.1:{app.port}")
    locations = locations.replace("127.0.0.1:8502", f"127.0.0.1:{kept.port}")
    (tmp_path / "frame.html").write_text(FRAME)
    port = free_port()
    places = "\n".join(f"{name}_temp_path {name};" for name in TEMPORARY)
    config = CONFIG.format(port=port, folder=tmp_path, locations=locations, places=places)
    (tmp_path / "nginx.conf").write_text(config)
    # In one process, which may read what the test wrote: workers of root are nobody.
    command = [str(NGINX), "-p", str(tmp_path), "-c", "nginx.conf", "-e", "error.log", "-g", ONE]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{url}/page/frame.html", timeout=2).close()
            break
        except OSError:
            assert process.poll() is None, (tmp_path / "error.log").read_text()
            time.sleep(0.05)
    yield url
    process.terminate()
    process.wait(10)
    kept.stop()


@pytest.mark.parametrize("below", ["", "/medley", "/kept"])
def test_files_long_links_and_sockets_pass(proxy: str, below: str) -> None:
    """What a page below this path asks for: itself by the longest link, a module, a compressed file, the socket."""
    host = proxy.removeprefix("http://")
    key = {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "bWVkbGV5bWVkbGV5bWVkbA==", "Origin": proxy}
    for path, headers, status in [
        (f"/?w=3:50&group={'A' * 12_000}", {}, 200),
        ("/map", {}, 200),
        ("/web/start.js", {"Accept-Encoding": "br"}, 200),
        ("/_stcore/stream", {"Connection": "Upgrade", "Upgrade": "websocket", **key}, 101),
    ]:
        line = http.client.HTTPConnection(host, timeout=20)
        line.request("GET", below + path, headers=headers)
        answer = line.getresponse()
        assert (answer.status, path) == (status, path)
        line.close()


@pytest.mark.first_visit
def test_behind_a_proxy(proxy: str, page: Page) -> None:
    """A picture, another page and Back below a path that is kept; a deep link below one that is taken away; a frame."""
    page.goto(f"{proxy}/kept?theta=0.2")
    page.locator(READY).wait_for()
    link = page.url
    assert link.startswith(f"{proxy}/kept/?") and "theta=0.2" in link
    page.get_by_role("link", name="Map").first.click()
    page.locator(".map[data-drawn]").wait_for()
    assert page.url.startswith(f"{proxy}/kept/map?")
    settle(page)
    page.go_back()
    page.locator(READY).wait_for()
    assert page.url == link
    page.goto(f"{proxy}/medley/map?theta=0.2")
    page.locator(".map[data-drawn]").wait_for()
    page.goto(f"{proxy}/page/frame.html")
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for()
    frame.get_by_role("button", name="Keep it").click()
    expect(frame.get_by_test_id("stCode")).to_contain_text(f"{proxy}/medley/?")
    expect(frame.get_by_test_id("stCode")).to_contain_text("theta=0.2")
    page.keyboard.press("Escape")
    frame.get_by_role("link", name="Map").first.click()
    frame.locator(".map[data-drawn]").wait_for()
