// What the Directions page says of amounts and places, and how its sheet and its parts are put together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { weightsOf } from "../../web/directions/corners_tool.js";
import { withStep } from "../../web/directions/numbers_tool.js";
import { together } from "../../web/directions/parts_tool.js";
import { thingTitle, thingWords, tokenOf } from "../../web/directions/things.js";
import { changeWords, noParts, percentage, placeWords } from "../../web/directions/words.js";

const change = { begin: "3", end: "8", amount: 0 };
const still = { start: ":blend", steps: [], change };

test("an amount below 0 or above 1 says that shares are no parts of a mixture any more", () => {
  assert.match(changeWords(change), /exactly the picture you started from/);
  assert.equal(changeWords({ ...change, amount: 0.4 }), "40 % of what makes a typical 8 differ from a typical 3 is added.");
  assert.match(changeWords({ ...change, amount: -0.5 }), /^Less 8: .* −50 % 8 and 150 % 3\. They still sum to 100 %, but a share below 0 is no part of a mixture/);
  assert.match(changeWords({ ...change, amount: 1.5 }), /^Beyond 8: .* 150 % 8 and −50 % 3\. They still sum to 100 %/);
  assert.match(changeWords({ ...change, end: "3" }), /Choose two different ones/);
  assert.equal(changeWords({ ...change, begin: ":all", amount: 1 }), "100 % of what makes a typical 8 differ from the average of all pictures is added.");
});

test("where one stands is told from its start on", () => {
  assert.equal(placeWords(still, "3 and 8, half each"), "This is a blend of 3 and 8, half each, and no step was taken.");
  assert.equal(placeWords({ ...still, start: ":row12", steps: [["dim3", 1]] }, ""), "Starts at picture 12; then a step along number 3.");
  const far = { ...still, start: "8", steps: [["pc1", 1], ["dim2", -1]], change: { ...change, amount: -0.5 } };
  assert.equal(placeWords(far, ""), "Starts at the typical 8; then steps along pc1 and number 2 and −50 % of the way from 3 to 8.");
});

test("things are called as they are, whatever signs are in their names", () => {
  for (const name of ["8", "two, 2", ":all", "100%", "%2C"]) assert.equal(thingWords(tokenOf(name)), name);
  assert.deepEqual([thingTitle(":row7"), thingTitle(":blend"), thingTitle("ankle")], ["Picture 7", "Your blend", "ankle"]);
  assert.equal(percentage(-0.125), "−13 %");
});

test("the sheet's shares sum to 1, and a corner is its thing alone", () => {
  for (const [across, down, corner] of [[0, 0, 0], [1, 0, 1], [0, 1, 2], [1, 1, 3]]) {
    assert.deepEqual(weightsOf({ things: [], across, down }), [0, 1, 2, 3].map((i) => (i === corner ? 1 : 0)));
  }
  const weights = weightsOf({ things: [], across: 0.3, down: 0.8 });
  assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight) - 1) < 1e-12 && weights.every((weight) => weight > 0));
});

test("each part comes from its own thing, and what is in no part from the first", () => {
  const things = [1, 2].map((value) => new Float32Array(5).fill(value));
  const blocks = [{ name: "top", start: 1, end: 2 }, { name: "detail", start: 2, end: 4 }];
  assert.deepEqual([...together(things, blocks)], [1, 1, 2, 2, 1]);
  assert.match(noParts([]), /No model of this dataset/);
  assert.match(noParts(["Ladder"]), /Choose this model above: Ladder\./);
});

test("a step of 0 is no step", () => {
  assert.deepEqual(withStep([["pc1", 1], ["dim2", 2]], "pc1", 0), [["dim2", 2]]);
  assert.deepEqual(withStep([["pc1", 1]], "dim2", -1), [["pc1", 1], ["dim2", -1]]);
});
