// A page's conversation with the server: what is sent, what is waited for, and what is handed over after a reload.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../web/blend/session.js";
import { History } from "../../web/ui/history.js";
import { Unheard } from "../../web/ui/unheard.js";

const recipe = (amount) => ({ data: "mnist", model: "mmd-20", w: { 3: amount } });

function opened() {
  const [sent, asking, history] = [[], [], new History()];
  const session = new Session(history, { onAsking: (yes) => asking.push(yes), onSilence: () => asking.push("silence") });
  session.send = (...message) => sent.push(message);
  session.share(recipe(1), true);
  return { session, sent, asking, history };
}

test("a settled recipe is one message and one step of undo", () => {
  const { session, sent, history } = opened();
  session.settle(recipe(2));
  session.settle(recipe(2));
  assert.deepEqual(sent, [[recipe(2)]]);
  assert.deepEqual(history.move(-1), recipe(1));
});

test("what the server knows already is not sent", () => {
  const { session, sent } = opened();
  session.settle(recipe(1));
  session.share(recipe(5), false);
  session.settle(recipe(5));
  assert.deepEqual(sent, []);
});

test("Even out waits for an answer, and not for ever", (t) => {
  const timers = [];
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  t.after(() => Object.assign(globalThis, { setTimeout: set, clearTimeout: clear }));
  Object.assign(globalThis, {
    setTimeout: (late) => timers.push(late),
    clearTimeout: (number) => number && (timers[number - 1] = () => {}),
  });
  const { session, sent, asking } = opened();
  session.evenOut(recipe(2));
  assert.equal(session.asking, true);
  session.stopAsking();
  timers[0]();
  assert.deepEqual(asking, [true, false], "nobody waits any more");
  session.evenOut(recipe(3));
  timers.at(-1)();
  assert.deepEqual(asking, [true, false, true, false, "silence"]);
  assert.deepEqual(sent, [[recipe(2), "even"], [recipe(3), "even"]]);
});

test("a server that comes back is told what was settled last, and believed when it has heard it", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { session, sent } = opened();
  session.settle(recipe(2));
  session.handOver();
  assert.deepEqual(sent.at(-1), [recipe(2), undefined]);
  assert.equal(session.tooEarly(recipe(1)), true, "it speaks of the link that it started from");
  assert.equal(session.tooEarly(recipe(2)), false);
  assert.equal(session.tooEarly(recipe(1)), false, "from here on it knows better");
  session.handOver();
  t.mock.timers.tick(10_000);
  assert.equal(session.tooEarly(recipe(1)), false, "nobody waits for ever");
});

/** A tab whose pages are opened, hidden and left; `leave` and `hide` tell the page so. */
function tabAt(link) {
  const held = new Map();
  const listeners = {};
  const browser = {
    sessionStorage: { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => held.set(key, text) },
    location: { search: link },
    addEventListener: (type, listener) => (listeners[type] ??= []).push(listener),
  };
  for (const [name, value] of Object.entries(browser)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const fire = (...types) => types.forEach((type) => listeners[type].forEach((listener) => listener()));
  return { begin: () => fire("beforeunload"), leave: () => fire("beforeunload", "pagehide", "visibilitychange"), hide: () => fire("visibilitychange"), end: () => fire("pagehide", "visibilitychange"), go: (link) => (browser.location.search = link) };
}

test("what was sent last and not answered is handed over once, by the same link alone", () => {
  const { leave, go } = tabAt("?w=3");
  const page = new Unheard("blend");
  page.told(1, { settled: recipe(1) });
  page.say("settled", recipe(2));
  page.say("settled", recipe(3));
  page.told(1, { settled: recipe(2) }); // the answer to the one before
  leave();
  go("?w=8");
  assert.deepEqual(new Unheard("map").take(), {}, "another page's");
  const elsewhere = new Unheard("blend");
  assert.deepEqual(elsewhere.take(), {}, "another link");
  elsewhere.say("settled", recipe(4));
  leave();
  const again = new Unheard("blend");
  assert.deepEqual([again.take(), again.take()], [{ settled: recipe(4) }, {}]);
});

test("a reload opens the address of its beginning, also where the answer comes before it is done", () => {
  const { begin, end, go } = tabAt("?w=3");
  const page = new Unheard("blend");
  page.told(1, { settled: recipe(1) });
  page.say("settled", recipe(2));
  begin();
  go("?w=2");
  page.told(1, { settled: recipe(2) });
  end();
  go("?w=3");
  assert.deepEqual(new Unheard("blend").take(), { settled: recipe(2) });
  begin();
  page.say("settled", recipe(4)); // it waited for a control to rest
  end();
  assert.deepEqual(new Unheard("blend").take(), { settled: recipe(4) });
});

test("nothing is handed over that the server has shown, or that somebody else has decided since", () => {
  const { hide, leave } = tabAt("");
  for (const answer of [[1, { settled: recipe(2) }], [2, { settled: recipe(7) }]]) {
    const page = new Unheard("blend");
    page.told(1, { settled: recipe(1) });
    page.say("settled", recipe(2));
    hide();
    page.told(...answer);
    leave();
    assert.deepEqual(new Unheard("blend").take(), {});
  }
  sessionStorage.setItem("medley-unheard-blend", "{");
  assert.deepEqual(new Unheard("blend").take(), {}, "somebody else's text");
});
