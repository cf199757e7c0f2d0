// A presentation that nobody touches, and the tour: what they wait for. Timers are the test's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Idle } from "../../web/showing/idle.js";

const MINUTE = 60_000;

/** An idle show with everything that it does written down. */
function shown(t, still = false) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const did = [];
  const idle = new Idle({ first: () => did.push("first"), step: () => did.push("step"), moves: (yes) => did.push(yes ? "moves" : "rests"), still: () => still });
  return { idle, did };
}

test("after a minute without a touch the first story is back, and the loop begins; a touch stops it", (t) => {
  const { idle, did } = shown(t);
  idle.touch();
  t.mock.timers.tick(MINUTE - 1);
  assert.deepEqual(did, []);
  assert.equal(idle.touch(), false, "nothing ran");
  t.mock.timers.tick(MINUTE);
  assert.deepEqual(did, ["first", "moves"]);
  for (const _ of [1, 2]) t.mock.timers.tick(8000);
  assert.deepEqual(did.splice(0), ["first", "moves", "step", "step"]);
  assert.equal(idle.touch(), true, "that touch stopped it");
  t.mock.timers.tick(MINUTE - 1);
  assert.deepEqual(did, ["rests"]);
  t.mock.timers.tick(1);
  assert.deepEqual(did, ["rests", "first", "moves"], "and the next visitor begins anew");
});

test("where little motion is asked for nothing runs by itself, and the first story is back all the same", (t) => {
  const { idle, did } = shown(t, true);
  idle.touch();
  t.mock.timers.tick(10 * MINUTE);
  assert.deepEqual(did, ["first"]);
  idle.stop();
});

test("a presentation that is left does nothing more", (t) => {
  const { idle, did } = shown(t);
  idle.touch();
  idle.stop();
  t.mock.timers.tick(10 * MINUTE);
  assert.deepEqual(did, []);
});
