// Nine blends around one, and the tree of what was tried.

import assert from "node:assert/strict";
import { test } from "node:test";

import { MIDDLE, nearOf } from "../../web/engine/near.js";
import { smoothed } from "../../web/ui/rgb.js";
import { Tries } from "../../web/ui/tries.js";

const RECIPE = { data: "d", model: "m", w: { 3: 50, 8: 50, 0: 20 }, theta: 0, n: 1, seed: 1, method: "a", depth: 4, k: 50, pattern: "" };
const shares = ({ w }) => {
  const total = Object.values(w).reduce((sum, one) => sum + one, 0);
  return Object.values(w).map((one) => one / total);
};
const far = (one, other) => {
  const ratios = shares(one).map((share, i) => Math.log(share / shares(other)[i]));
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  return Math.hypot(...ratios.map((ratio) => ratio - mean));
};

test("nine near blends: the present one in the middle, the others as far as the step, and opposite to one another", () => {
  for (const given of [RECIPE, { ...RECIPE, theta: 0.4 }, { ...RECIPE, w: { 3: 50, 8: 20 } }, { ...RECIPE, w: { 3: 50, 8: 20 }, theta: 0.3 }]) {
    for (const round of [0, 1, 7]) {
      const near = nearOf(given, 0.8, round);
      assert.equal(near[MIDDLE], given);
      assert.equal(new Set(near.map(({ w, theta }) => JSON.stringify([shares({ w }), theta]))).size, 9);
      for (const one of near) {
        assert.ok(Object.values(one.w).every((amount) => amount >= 0 && amount <= 100) && one.theta >= 0 && one.theta <= 1);
        assert.deepEqual(Object.keys(one.w), Object.keys(given.w));
        assert.ok(far(one, given) <= 0.82);
      }
      for (const i of [0, 1, 2, 3]) assert.ok(Math.abs(far(near[i], near[8 - i]) - 2 * far(near[i], given)) < 0.02);
    }
    assert.ok(far(nearOf(given, 0.2, 1)[0], given) < far(nearOf(given, 1.6, 1)[0], given) || given.theta > 0);
    assert.notDeepEqual(nearOf(given, 0.8, 1), nearOf(given, 0.8, 2));
  }
});

test("one class alone varies by its draws; a class that was given nothing can come in", () => {
  const near = nearOf({ ...RECIPE, w: { 3: 50 } }, 0.8, 0);
  assert.equal(new Set(near.map(({ seed }) => seed)).size, 9);
  assert.ok(near.every(({ theta }, i) => (i === MIDDLE ? theta === 0 : theta > 0)));
  assert.ok(nearOf({ ...RECIPE, w: { 3: 50, 8: 50, 0: 0 } }, 0.8, 0).some(({ w }) => w[0] > 0));
  assert.ok(nearOf({ ...RECIPE, w: { 3: 0, 8: 0 } }, 0.8, 0)[0].w[3] > 0);
});

test("tries grow from one another, and branch where one goes back", () => {
  const tries = new Tries();
  const show = (...names) => names.forEach((name) => tries.show({ name }, () => name));
  show("a", "b", "c", "a", "d", "e", "c", "f");
  assert.deepEqual(tries.list.map(({ face, parent }) => [face, parent]), [["a", -1], ["b", 0], ["c", 1], ["d", 0], ["e", 3], ["f", 2]]);
  assert.deepEqual(tries.places().map(({ row, column }) => [row, column]), [[0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [0, 3]]);
  show(...Array.from({ length: 100 }, (_, i) => `more ${i}`));
  assert.equal(tries.list.length, 60);
  assert.equal(tries.list[tries.at].face, "more 99");
  assert.ok(tries.list.every(({ parent }, i) => parent < i));
});

test("a picture that is enlarged smoothly keeps its corners and its mean, and steps evenly between two pixels", () => {
  const two = Uint8Array.from([0, 0, 0, 100, 200, 40]);
  const line = smoothed(two, 2, 1, 4);
  assert.deepEqual([...line.slice(0, 24)].filter((_, i) => i % 3 === 0), [0, 0, 13, 38, 63, 88, 100, 100]);
  assert.deepEqual([...line.slice(24, 48)], [...line.slice(0, 24)]);
  assert.deepEqual([...smoothed(two, 2, 1, 1)], [...two]);
});
