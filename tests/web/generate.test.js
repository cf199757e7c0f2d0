// What the Generate page sets, filters and draws its curve from, without a page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Echoes } from "../../web/generate/echoes.js";
import { theOnlyOne } from "../../web/generate/measure.js";
import { figures, foundFor, inLegend, isOf, reached } from "../../web/generate/paper.js";
import { Scales } from "../../web/generate/scales.js";
import { Setting, foreign } from "../../web/generate/setting.js";
import { drawsFor } from "../../web/generate/sheet.js";
import { Stream } from "../../web/generate/stream.js";

const recipe = { data: "digits", model: "small", w: { 3: 50 }, theta: 0.5, n: 1, seed: 4, pattern: "" };
const way = { family: "f", tau: null, mode: "medium2" };

function settingOf(mode = "medium2") {
  const setting = new Setting(3, 4);
  setting.apply(recipe, { ...way, mode });
  return setting;
}

test("painting changes what the mode does not hold equal", () => {
  const each = settingOf("medium2");
  each.paint(1, 2, 50);
  assert.deepEqual([...each.cells], [100, 100, 100, 100, 100, 100, 50, 100, 100, 100, 100, 100]);
  const columns = settingOf("medium1");
  columns.paint(1, 2, 50);
  assert.deepEqual([0, 1, 2].map((row) => columns.cell(row, 2)), [50, 50, 50]);
  const one = settingOf("simple");
  one.paint(1, 2, 50);
  assert.equal(one.theta, 0.5);
  assert.equal(one.pattern, "");
});

test("Simple remembers the pattern, and Medium1 takes the row that was worked on", () => {
  const setting = settingOf();
  setting.paint(2, 1, 20);
  const { pattern } = setting;
  setting.choose("simple");
  assert.equal(setting.pattern, "");
  setting.choose("medium2");
  assert.equal(setting.pattern, pattern);
  setting.choose("medium1");
  assert.deepEqual([0, 1, 2].map((row) => setting.cell(row, 1)), [20, 20, 20]);
});

test("a setting becomes the recipe it came from, and a searched theta a mode that can hold it", () => {
  const setting = settingOf();
  setting.paint(0, 0, 30);
  const again = new Setting(3, 4);
  again.apply(setting.recipe(), setting.way());
  assert.deepEqual(again.recipe(), setting.recipe());
  const copy = setting.copy();
  copy.paint(0, 0, 90);
  assert.equal(setting.cell(0, 0), 30);
  const load = (thetas) => {
    setting.load({ family: "f", tau: null, n: 1, theta: undefined, thetas });
    return [setting.mode, setting.theta];
  };
  const row = [0.1, 0.2, 0.3, 0.4];
  assert.deepEqual(load([row, row, row]), ["medium1", 1]);
  assert.deepEqual(load([row, row, [...row].reverse()]), ["medium2", 1]);
  assert.deepEqual(load([0, 0, 0].map(() => [0.4, 0.4, 0.4, 0.4])), ["simple", 0.4]);
});

test("a saved setting of another model keeps the classes where it has the same ones", () => {
  const saved = { theta: 0.2, n: 2, pattern: "" };
  assert.deepEqual(foreign(recipe, { slug: "digits/large", ...saved }).w, recipe.w);
  assert.equal(foreign(recipe, { slug: "faces/large", ...saved }).w, undefined);
});

test("what was sent from here is no news when it comes back, also late", () => {
  const echoes = new Echoes();
  const [first, second, other] = ["a", "b", "c"].map((family) => ({ ...way, family }));
  echoes.add(first);
  echoes.add(second);
  assert.equal(echoes.foreign(way, first, second), false);
  assert.equal(echoes.foreign(first, second, second), false);
  assert.equal(echoes.foreign(second, other, second), true);
});

/** Generators whose draw i of every class is the latent [i]. */
const counting = {
  latent: 1,
  classes: ["a", "b"],
  async latents(_, rows, first, draws) {
    return { data: Float32Array.from({ length: draws * rows.length }, (_, i) => first + Math.floor(i / rows.length)), dims: [] };
  },
};

/** A latent classifier that believes in even draws alone. */
const evens = {
  async run({ z }) {
    return { probabilities: { data: Float32Array.from([...z.data].flatMap((i) => (i % 2 ? [0, 0] : [1, 1]))), dims: [z.data.length, 2] } };
  },
};

test("a filter gives the draws that are believed, in order and each once", async () => {
  const stream = new Stream(counting, { tau: 0.5 }, [0, 1], evens);
  assert.deepEqual([...(await stream.take(3))], [0, 0, 2, 2, 4, 4]);
  assert.deepEqual([...(await stream.take(2))], [6, 6, 8, 8]);
  assert.deepEqual(stream.kept, [0.5, 0.5]);
});

test("a class whose draws hardly ever pass is named", async () => {
  const never = { run: async ({ z }) => ({ probabilities: { data: new Float32Array(2 * z.data.length), dims: [z.data.length, 2] } }) };
  await assert.rejects(new Stream(counting, { tau: 0.9 }, [1], never).take(2), /Too few pictures of b pass the filter/);
});

test("the curve's scales hold every point and stretch the last per cent", () => {
  const scales = new Scales([{ cosine: 0.55, accuracy: 0.9 }, { cosine: 0.95, accuracy: 0.999 }]);
  for (const cosine of [0.55, 0.95, 1]) assert.ok(scales.x(cosine) >= 0 && scales.x(cosine) <= 1);
  assert.equal(scales.y(1), 0);
  assert.ok(scales.y(0.99) - scales.y(0.999) > scales.y(0.95) - scales.y(0.96));
  assert.equal(scales.y(0.1), 1, "what lies lower stands at the edge");
});

test("the fewer the classes, the more draws of each, within what a frame can decode", () => {
  assert.equal(drawsFor(10, 784), 10);
  assert.equal(drawsFor(20, 784), 8);
  assert.equal(drawsFor(40, 4096), 3);
});

test("a classifier that calls every picture the same says nothing", () => {
  assert.equal(theOnlyOne([0, 1, 0]), 1);
  assert.equal(theOnlyOne([0.1, 1, 0]), -1);
  assert.equal(theOnlyOne([0, 0, 0]), -1);
  assert.equal(theOnlyOne([1]), -1, "there is no other class that it could name");
});

const row = { slug: "digits/small", name: "Small", form: "medium1", title: "Medium1", cosine: 0.8, accuracy: 0.996, printed: 0 };

test("of the searches that this browser keeps, a row of the paper's table shows the most varied of its model and form", () => {
  const kept = [["digits/small", "Medium1", 0.82], ["digits/small", "Medium1", 0.81], ["digits/small", "Simple", 0.7], ["digits/large", "Medium1", 0.6], ["digits/small", "Medium1", undefined]];
  const found = foundFor(row, kept.map(([slug, title, cosine]) => ({ slug, title, cosine, right: 0.995 })));
  assert.deepEqual([found, foundFor(row, [])], [{ cosine: 0.81, accuracy: 0.995 }, null]);
  assert.deepEqual([figures(found, "≥ "), figures(null)], ["0.8100 · ≥ 99.50\u00a0%", ""]);
});

test("what is set counts for a row where model, form, family and no filter are the row's", () => {
  const now = { slug: row.slug, mode: "medium1", family: "diagonal", tau: null };
  const others = [{}, { slug: "digits/large" }, { mode: "simple" }, { family: "mixture" }, { tau: 0.9 }].map((other) => isOf(row, { ...now, ...other }, "diagonal"));
  assert.deepEqual(others, [true, false, false, false, false]);
});

test("a row is reproduced by what is as varied and as right, and by nothing less", () => {
  const printed = { cosine: 0.82, accuracy: 0.996 };
  const at = (cosine, accuracy, goal = printed) => reached({ cosine, accuracy }, goal, row);
  assert.match(at(0.82, 0.996), /reproduced the printed row/);
  assert.match(at(0.7, 0.999), /reproduced the printed row/);
  assert.deepEqual([at(0.83, 0.999), at(0.7, 0.99), reached(null, printed, row), at(0.82, 0.999, null)], ["", "", "", ""]);
  assert.match(at(0.8, 0.996, null), /what was found here/);
});

test("the crosses of the chart are named with their values", () => {
  assert.equal(inLegend({ model: "elbo-20", form: "simple", cosine: 0.92, accuracy: 0.995, theta: 0.4, n: 2 }, 0), "1 elbo-20, Simple, theta 0.4, n 2: 0.9200, 99.50\u00a0%");
  assert.equal(inLegend({ model: "mmd-10", form: "medium1", cosine: 0.8168, accuracy: 0.996, theta: null, n: 1 }, 2), "3 mmd-10, Medium1: 0.8168, 99.60\u00a0%");
});

test("a pattern says how much of the variety it leaves", () => {
  const setting = settingOf("medium1");
  assert.equal(setting.left(), 100);
  setting.paint(0, 0, 0);
  assert.equal(setting.left(), 75);
});
