// A control that rests is told of once: what waits begins anew, can be done at once, and can be left undone.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

globalThis.window ??= /** @type {any} */ ({});
const page = new EventTarget();
Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page) });
const { Postponed } = await import("../../web/ui/postponed.js");

test("many movements are one message, and the wait is counted", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let done = 0;
  const postponed = new Postponed(() => done++);
  for (let i = 0; i < 5; i++) {
    postponed.after(100);
    mock.timers.tick(60);
  }
  assert.deepEqual([done, postponed.waiting, window.medley.waiting], [0, true, 1]);
  mock.timers.tick(40);
  assert.deepEqual([done, postponed.waiting, window.medley.waiting], [1, false, 0]);
  postponed.after(100);
  postponed.now();
  postponed.after(100);
  postponed.drop();
  mock.timers.tick(500);
  assert.deepEqual([done, postponed.waiting, window.medley.waiting], [2, false, 0]);
  mock.timers.reset();
});

test("a finger that goes down, Enter and a page that is left do at once what waits; other keys do not", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let done = 0;
  const postponed = new Postponed(() => done++);
  for (const [type, key, expected] of [["pointerdown", "", 1], ["keydown", "Enter", 2], ["pagehide", "", 3], ["beforeunload", "", 4], ["visibilitychange", "", 5], ["keydown", "ArrowUp", 5]]) {
    postponed.after(100);
    page.dispatchEvent(Object.assign(new Event(type), { key }));
    assert.equal(done, expected, type);
  }
  postponed.drop();
  page.dispatchEvent(new Event("pointerdown"));
  assert.equal(done, 5, "nothing waits");
  mock.timers.reset();
});
