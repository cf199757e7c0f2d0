// The geometry of the pad: weights of places, places of weights.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clampPlace, cornersOf, placeOf, snap, weightsAt } from "../../web/ui/simplex.js";

const near = (found, expected, what) => found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-6, `${what}: ${found} is not ${expected}`));

/** Places spread over the pad and beyond it, the same in every run. */
const places = Array.from({ length: 200 }, (_, i) => {
  const [radius, angle] = [1.3 * Math.sqrt((i + 0.5) / 200), i * 2.399963];
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
});

for (const count of [1, 2, 3, 4, 5, 10, 20, 40]) {
  const corners = cornersOf(count);

  test(`${count}: weights are not negative, sum to 1, and their mean of the corners is the place`, () => {
    for (const place of places) {
      const weights = weightsAt(place, corners);
      assert.equal(weights.length, count);
      assert.ok(weights.every((weight) => weight >= 0));
      near([weights.reduce((sum, weight) => sum + weight, 0)], [1], "sum");
      near(placeOf(weights, corners), clampPlace(place, corners), "place");
    }
  });

  test(`${count}: a corner is its class alone, the middle equal parts`, () => {
    corners.forEach((corner, at) => near(weightsAt(corner, corners), corners.map((_, i) => +(i === at)), `corner ${at}`));
    near(weightsAt([0, 0], corners), corners.map(() => 1 / count), "middle");
  });

  test(`${count}: a place that is clamped stays where it is`, () => {
    for (const place of places) {
      const inside = clampPlace(place, corners);
      near(clampPlace(inside, corners), inside, "again");
      assert.ok(Math.hypot(...inside) <= 1 + 1e-9);
    }
  });
}

test("an edge belongs to its two classes", () => {
  const corners = cornersOf(5);
  const middle = placeOf([0, 0.25, 0.75, 0, 0], corners);
  near(weightsAt(middle, corners), [0, 0.25, 0.75, 0, 0], "edge");
});

test("the dot is pulled onto a corner and the middle when it is very near, and only then", () => {
  const corners = cornersOf(3);
  assert.deepEqual(snap([corners[1][0] + 0.03, corners[1][1]], corners), corners[1]);
  assert.deepEqual(snap([0.02, -0.02], corners), [0, 0]);
  assert.deepEqual(snap([0.3, 0.1], corners), [0.3, 0.1]);
});

test("the first corner is at the top", () => {
  for (const count of [3, 5, 10]) near(cornersOf(count)[0], [0, -1], "top");
});
