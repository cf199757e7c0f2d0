"""A raw request to the app, as no client library would send it."""

import http.client

from tests.harness.serving import Server


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
