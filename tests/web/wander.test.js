// The first visit's dot: from the middle outwards and round, until something is touched, never against a visitor's wish.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cornersOf, weightsAt } from "../../web/ui/simplex.js";
import { placeAfter } from "../../web/ui/wander.js";

test("the dot leaves the middle without a jump, stays inside, and comes to every class", () => {
  const corners = cornersOf(3);
  let before = placeAfter(0);
  assert.ok(Math.hypot(...before) < 1e-9);
  const most = [0, 0, 0];
  for (let time = 30; time < 60_000; time += 30) {
    const place = placeAfter(time);
    assert.ok(Math.hypot(place[0] - before[0], place[1] - before[1]) < 0.01, "gently");
    assert.ok(Math.hypot(...place) <= 0.5 + 1e-9);
    weightsAt(place, corners).forEach((weight, i) => (most[i] = Math.max(most[i], weight)));
    before = place;
  }
  assert.ok(Math.min(...most) > 0.6);
});

test("it goes round until anything is touched, and never again; under reduced motion it does not begin", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const heard = new Map();
  const frames = [];
  const known = ["matchMedia", "requestAnimationFrame", "cancelAnimationFrame", "addEventListener", "removeEventListener"].map((name) => [name, globalThis[name]]);
  t.after(() => Object.assign(globalThis, Object.fromEntries(known)));
  let still = true;
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: still }),
    requestAnimationFrame: (step) => frames.push(step),
    cancelAnimationFrame: () => frames.splice(0),
    addEventListener: (type, listener) => heard.set(type, listener),
    removeEventListener: (type) => heard.delete(type),
  });
  const { wander } = await import("../../web/ui/wander.js?anew");
  const places = [];
  let ended = 0;
  const begin = () => wander((place) => places.push(place), () => (ended += 1));
  begin();
  t.mock.timers.tick(60_000);
  assert.equal(frames.length, 0, "reduced motion");
  still = false;
  begin();
  t.mock.timers.tick(2499);
  assert.equal(frames.length, 0, "the picture rests first");
  t.mock.timers.tick(1);
  for (const now of [1000, 1016, 1033, 1050, 1066]) frames.shift()(now);
  assert.equal(places.length, 3, "every other frame");
  assert.deepEqual([...heard.keys()].sort(), ["keydown", "pointerdown", "wheel"]);
  heard.get("wheel")();
  assert.deepEqual([ended, frames.length, heard.size], [1, 0, 0]);
  begin();
  t.mock.timers.tick(60_000);
  assert.equal(frames.length, 0, "once is for good");
});
