// The Compare page without a browser: how models stand, how maps are laid onto each other, and what is said and saved.

import assert from "node:assert/strict";
import { test } from "node:test";
import { namesBeside, ticks } from "../../web/compare/drawing.js";
import { heading, shown, summary } from "../../web/compare/words.js";
import { cannot, ranked } from "../../web/engine/contest.js";
import { bothWords, shownChoices, shownWords } from "../../web/engine/halves.js";
import { align, centres, moved } from "../../web/engine/procrustes.js";
import { csv } from "../../web/ui/downloads.js";

const standing = (title, more = {}) => ({ title, error: null, ...more });
const order = (standings, sort) => ranked(standings, sort).map((i) => standings[i].title);

test("models stand by what is in it: more classes first, then the stronger weakest one; those that are absent come last", () => {
  const all = [
    standing("A 10", { count: 2, least: 3, sharpness: 0.2, error: 0.3 }),
    standing("A 9", { count: 3, least: 0.1, sharpness: 0.9, error: 0.1 }),
    standing("C", { count: 3, least: 0.4, sharpness: 0.1, error: 0.2 }),
    standing("B", { absent: true, error: 0.01 }),
  ];
  assert.deepEqual(order(all, "present"), ["C", "A 9", "A 10", "B"]);
  assert.deepEqual(order(all, "sharpness"), ["A 9", "A 10", "C", "B"]);
  assert.deepEqual(order(all, "error"), ["A 9", "C", "A 10", "B"]);
  assert.deepEqual(order(all, "name"), ["A 9", "A 10", "C", "B"], "numbers as numbers");
  assert.deepEqual(order([standing("b"), standing("a", { sharpness: 0 })], "sharpness"), ["a", "b"], "without a figure, last");
});

test("a map that is a turned, mirrored, stretched and shifted copy is laid back onto the first exactly", () => {
  const fixed = [[0, 0], [4, 1], [-2, 3], [1, -5]];
  for (const mirror of [1, -1]) {
    const turned = fixed.map(([x, y]) => [3 * (0.6 * x - 0.8 * mirror * y) + 7, 3 * (0.8 * x + 0.6 * mirror * y) - 2]);
    const alignment = align(turned, fixed);
    const back = moved(turned.flat(), alignment);
    fixed.flat().forEach((value, i) => assert.ok(Math.abs(back[i] - value) < 1e-5));
    assert.ok(alignment.left < 1e-9 && Math.abs(alignment.scale - 1 / 3) < 1e-9);
  }
  assert.ok(align([[0, 0], [1, 0], [0, 1]], [[0, 0], [1, 0], [5, 5]]).left > 0.2, "what does not fit is told");
  assert.equal(align([[1, 1]], [[4, 4]]).scale, 1, "one class can only be shifted");
  assert.deepEqual(centres([0, 0, 2, 4, 9, 9], [0, 0, 2], 3), [[1, 2], null, [9, 9]]);
});

test("one sentence says which models hold the whole blend", () => {
  const of = 3;
  const some = [standing("A", { count: 3, of, least: 0.5 }), standing("B", { count: 3, of, least: 2 }), standing("C", { count: 1, of, least: -3 })];
  assert.equal(summary(some, ""), "2 of 3 models show all 3 classes; the weakest class is clearest in B.");
  assert.equal(summary(some.slice(0, 2), ""), "All 2 models show all 3 classes; the weakest class is clearest in B.");
  assert.equal(summary([some[2], some[2]], ""), "None of 2 models shows all 3 classes. C shows most of them: 1 of 3.");
  assert.equal(summary([some[2]], ""), "C shows 1 of 3 classes.");
  assert.equal(summary([standing("A", { absent: true, count: 3, of })], "No judge."), "No judge.");
});

test("a model that cannot average where the recipe asks says so; other methods do not ask", () => {
  const entry = { model: { title: "GAN" }, averages_at: [0, 4] };
  const props = { methods: [{ name: "averaging_depth", uses_depth: true }, { name: "decoded_mean", uses_depth: false }], depths: ["the latent code", "the first layer"] };
  assert.equal(cannot(entry, { method: "averaging_depth", depth: 1 }, props), "GAN cannot average at the first layer. Choose another depth or blending method.");
  assert.equal(cannot(entry, { method: "averaging_depth", depth: 0 }, props) + cannot(entry, { method: "decoded_mean", depth: 1 }, props), "");
});

test("a method for another kind of latent than a model has is not made by it, and it says so", () => {
  const props = { methods: [{ name: "code_vote", title: "Code vote", latent: "codes", uses_depth: false }], depths: [] };
  const of = (kind) => cannot({ model: { title: "GAN", kind }, averages_at: [0] }, { method: "code_vote", depth: 4 }, props);
  assert.equal(of("gaussian"), "Code vote is for models of codes, and GAN is none. Choose another blending method.");
  assert.equal(of("codes"), "");
});

test("a saved table is a table in a spreadsheet too, and nothing in it is a formula", () => {
  assert.equal(csv([["a,b", 'say "x"', -1.5], ["=1+1", "-3 of 4", "two\nlines"]]), '"a,b","say ""x""",-1.5\r\n\'=1+1,\'-3 of 4,"two\nlines"\r\n');
});

test("figures are as short as they can be compared, with what they were measured on; ticks are round and cover the range", () => {
  assert.deepEqual([0, 12, 0.00548, 0.9614, 74.97, 123.45].map(shown), ["0", "12", "0.0055", "0.961", "74.97", "123.5"]);
  assert.equal(heading({ unit: "share", split: "test", n: 10000, better: "higher" }), "share, 10,000 test pictures, higher is better");
  assert.deepEqual(ticks(0.21, 0.48), [0.2, 0.3, 0.4, 0.5]);
  assert.deepEqual(ticks(-1.2, 4.7), [-2, 0, 2, 4, 6]);
});

test("one half of a picture alone may be shown, and what a model is not taught to do is said", () => {
  assert.deepEqual(shownChoices([]), [["", "both halves"]]);
  assert.deepEqual([bothWords(["digit", "item"]), bothWords([])], ["The model always sees both halves here, digit and item.", ""]);
  assert.deepEqual(shownChoices(["digit", "item"]).slice(1), [["digit", "the digit alone"], ["item", "the item alone"]]);
  const [taught, other] = ["halves", "linear"].map((kind) => /** @type {any} */ ({ kind, title: `A ${kind} model` }));
  assert.equal(shownWords("", ["digit", "item"], [other]), "");
  assert.equal(shownWords("digit", ["digit", "item"], [taught]), "Only the digit was shown: the item is what comes to mind with it.");
  assert.match(shownWords("item", ["digit", "item"], [taught, other]), /Nobody taught A linear model to do without a half/);
});

test("numbers beside points cover neither one another nor a point while there is room", () => {
  const points = /** @type {[number, number][]} */ ([[100, 100], [112, 100], [106, 108], [106, 92], [300, 40]]);
  const boxes = namesBeside(points, points.map((_, i) => String(i + 8))).map(([x, y], i) => [x - 4.6 * String(i + 8).length, y - 11, x + 4.6 * String(i + 8).length, y]);
  const marks = points.map(([x, y]) => [x - 5, y - 5, x + 5, y + 5]);
  for (const [i, a] of boxes.entries()) for (const b of [...boxes.slice(0, i), ...marks]) assert.ok(a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3], `${i} is free`);
});
