"""Promises of every page: nothing leaves this machine, the console is clean, links open, a lost server comes back.

That a page asks no other host for anything and puts no error or policy violation into its console is checked by the
`page` fixture itself, after each of these tests and of all others.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.helpers import complete, settle, unbroken, visit
from tests.harness.serving import Server
from tests.harness.watch import Watch

HOSTILE = [
    "w=%3Cscript%3Ealert(1)%3C/script%3E:50&method=%3Cimg%20src=x%20onerror=alert(1)%3E",
    "data=%3Ciframe%20srcdoc=%22%3Cscript%3Eparent.hacked=1%3C/script%3E%22%3E",
    "__proto__=1&constructor=2&w=__proto__:5",
]
"""Links aimed at the browser; those aimed at the server are in tests/unit/test_hostile_links.py."""


@pytest.mark.first_visit
def test_a_hostile_link_falls_back_and_no_inline_script_runs(page: Page, watch: Watch, app: Server) -> None:
    """A script that something wrote into the page all the same is refused by the browser."""
    for query in HOSTILE:
        visit(page, f"{app.url}/?{query}")
        unbroken(page, app)
        expect(page.get_by_role("img", name="Blend of").first).to_be_visible(timeout=30_000)
    watch.allow("Content Security Policy")
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.hacked = 1';
            document.body.append(script);
            document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.hacked = 2">');
        }"""
    )
    complete(page)
    assert page.evaluate("() => window.hacked") is None
    assert sum("Content Security Policy" in error for error in watch.errors) >= 2  # the script and the handler


def test_the_runtime_loads_under_the_policy_with_one_thread(page: Page, app: Server) -> None:
    visit(page, app.url + "/learn")
    answer = page.evaluate(
        """async () => {
            const ort = await import('/web/vendor/ort.wasm.bundle.min.mjs');
            ort.env.wasm.numThreads = 1;
            ort.env.wasm.wasmPaths = '/web/vendor/';
            const session = await ort.InferenceSession.create('/graphs/plain_average.onnx');
            const {picture} = await session.run({
                weights: new ort.Tensor('float32', [0.25, 0.75], [2]),
                pictures: new ort.Tensor('float32', [0, 1, 1, 0], [2, 2]),
            });
            return {values: [...picture.data], isolated: crossOriginIsolated};
        }"""
    )
    assert answer["values"] == pytest.approx([0.75, 0.25])
    assert answer["isolated"] is False


def test_a_second_visit_downloads_nothing_again(cold_page: Page, app: Server) -> None:
    """Files are asked about (304) or kept; what is not needed twice is not sent twice."""
    page = cold_page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received = {"bytes": 0.0}
    session.on("Network.loadingFinished", lambda e: received.update(bytes=received["bytes"] + e["encodedDataLength"]))
    visit(page, app.url)
    complete(page)
    first = received["bytes"]
    received["bytes"] = 0
    page.reload()
    settle(page)
    complete(page)
    assert received["bytes"] < 0.1 * first, (first, received["bytes"])


@pytest.mark.first_visit
def test_a_question_stands_where_it_will_stand_before_its_model_is_there(page: Page, app: Server) -> None:
    held: list[Route] = []
    page.route("**/models/**/decoder.onnx", lambda route: held.append(route))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app.url}/quiz?data=mnist&model=mmd-20&turn=7")
    stage = page.get_by_role("region", name="Question")
    stage.wait_for()
    before = stage.bounding_box()
    for route in held:
        route.continue_()
    page.locator('.quiz[data-ready="all"]').wait_for()
    assert held and stage.bounding_box() == pytest.approx(before, abs=3)
