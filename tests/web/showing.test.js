// A presentation that nobody touches, and the tour: what they wait for. Timers are the test's own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Idle } from "../../web/showing/idle.js";
import { Progress, STEPS, nothingDone, stepWords } from "../../web/showing/steps.js";

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

/** Facts in which only these differ from nothing. */
const facts = (what) => ({ ...nothingDone(), ...what });

test("each step of the tour waits for its own action, and none is done before anything happened", () => {
  assert.equal(STEPS.length, 6);
  const acts = [{ taps: 2, chosen: 3 }, { moved: true }, { chosen: 10, classes: 10 }, { read: true }, { evened: true }, { shared: true }];
  STEPS.forEach((step, i) => {
    assert.ok(!step.done(facts({ chosen: 3, classes: 10 })), step.say);
    acts.forEach((act, j) => assert.equal(step.done(facts(act)), i === j, `${step.say} ${Object.keys(act)}`));
  });
  assert.ok(!STEPS[0].done(facts({ taps: 2, chosen: 1 })), "two classes have to be left");
  assert.match(stepWords(3), /^Step 4 of 6\. Read/);
});

test("the tour goes on where it was left, and begins anew once it is over or what was kept is not a step", () => {
  const kept = new Map();
  const progress = new Progress({ read: (key) => kept.get(key) ?? null, write: (key, text) => kept.set(key, text) });
  assert.deepEqual([progress.at, progress.title], [0, "Take the tour"]);
  progress.keep(2);
  assert.deepEqual([progress.at, progress.title], [2, "Go on with the tour (3 of 6)"]);
  progress.keep(6);
  assert.equal(progress.title, "Take the tour");
  for (const bad of ["7", "-1", "1.5", "NaN", "<b>"]) {
    kept.set("medley-tour", bad);
    assert.equal(progress.at, 0, bad);
  }
});
