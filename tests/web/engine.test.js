// What the engine does by hand, without graphs: arrays, leave-one-out a few classes at a time, and the mix's corners.

import assert from "node:assert/strict";
import { test } from "node:test";
import { appendRows, equal, identity, joined, takeRows } from "../../web/engine/arrays.js";
import { LeaveOneOut } from "../../web/engine/leave_one_out.js";
import { Mix, sharesWithout, tidy } from "../../web/engine/mix.js";
import { readArrays } from "../../web/engine/safetensors.js";

const floats = (...numbers) => Float32Array.from(numbers);

test("chosen rows of an array, in the order they are chosen in, twice where they are chosen twice", () => {
  const array = { data: floats(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), dims: [3, 2, 2] };
  assert.deepEqual(takeRows(array, [2, 0, 2]), { data: floats(8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11), dims: [3, 2, 2] });
  assert.deepEqual(takeRows(array, [0]).data, floats(0, 1, 2, 3));
  assert.deepEqual(takeRows(array, []), { data: floats(), dims: [0, 2, 2] });
});

test("rows are appended, pieces joined, and a matrix of ones on its diagonal is the identity", () => {
  const array = { data: floats(1, 2, 3, 4), dims: [2, 2] };
  assert.deepEqual(appendRows(array, [[5, 6], floats(7, 8)]), { data: floats(1, 2, 3, 4, 5, 6, 7, 8), dims: [4, 2] });
  assert.deepEqual(joined([floats(1), floats(), floats(2, 3), floats(4)]), floats(1, 2, 3, 4));
  assert.deepEqual(identity(3), { data: floats(1, 0, 0, 0, 1, 0, 0, 0, 1), dims: [3, 3] });
});

test("arrays are equal where all their numbers are", () => {
  assert.ok(equal([1, 2], floats(1, 2)) && equal([], []));
  for (const [a, b] of [[[1, 2], [1]], [[1], [1, 2]], [[1, 2], [1, 3]], [[1, 2], [3, 2]]]) assert.ok(!equal(a, b));
});

/** Classes of a judge in rows 2, 0 and 1, at places 0, 1 and 3 of a mix; each takes 10 ms and says 100 bits a place. */
function measuring(t) {
  let clock = 0;
  const now = performance.now;
  performance.now = () => clock;
  t.after(() => (performance.now = now));
  const asked = [];
  const maker = {
    without: async (part, values, out) => (asked.push([part, values, ...out]), Float32Array.from(out)),
    bits: async (pictures, count) => {
      clock += 10 * count;
      return joined([...pictures].map((place) => floats(100 * place, 100 * place + 1, 100 * place + 2)));
    },
  };
  return { lost: new LeaveOneOut([0, 1, 3], [2, 0, 1]), maker, asked };
}

const view = (values) => ({ values, bits: { blend: floats(10, 20, 30) }, measured: {} });
const LOST = floats(10 - 100, 20 - 301, 30 - 2);

test("leave-one-out goes on where it stopped, and is there once each class was measured", async (t) => {
  const { lost, maker, asked } = measuring(t);
  const first = view("a");
  assert.equal(lost.of("blend"), null);
  assert.equal(await lost.some("blend", first, maker, 0), false);
  assert.equal(lost.of("blend"), null, "two classes are not measured yet");
  assert.equal(await lost.some("blend", first, maker, 0), false);
  assert.equal(await lost.some("blend", first, maker, 0), true);
  assert.deepEqual(lost.of("blend"), LOST);
  assert.deepEqual(asked, [["blend", "a", 0], ["blend", "a", 1], ["blend", "a", 3]]);
});

test("another view starts with the class that is next, and measures each once", async (t) => {
  const { lost, maker, asked } = measuring(t);
  await lost.some("blend", view("a"), maker, 0);
  const second = view("b");
  assert.equal(await lost.some("blend", second, maker, 99), true);
  assert.deepEqual(asked.at(-1), ["blend", "b", 1, 3, 0]);
  assert.deepEqual([lost.of("blend"), second.measured.blend, lost.next.blend], [LOST, 3, 1]);
});

test("as many classes are measured as there is room for, at the price they lately had", async (t) => {
  const { lost, maker, asked } = measuring(t);
  await lost.some("blend", view("a"), maker, 5.9);
  assert.equal(asked[0].length - 2, 2, "2 ms each, as long as nothing is known");
  assert.ok(Math.abs(lost.price.blend - 3.7) < 1e-9, `0.7 * 1 + 0.3 * 10, not ${lost.price.blend}`);
  await lost.some("blend", view("b"), maker, 7.5);
  assert.equal(asked[1].length - 2, 2);
  assert.ok(Math.abs(lost.price.blend - (0.7 * 3.7 + 3)) < 1e-9);
});

test("no class is measured twice for one view, however much room there is", async (t) => {
  const { lost, maker, asked } = measuring(t);
  const one = view("a");
  await lost.some("blend", one, maker, 0);
  assert.equal(await lost.some("blend", one, maker, 999), true);
  assert.deepEqual(asked[1], ["blend", "a", 1, 3]);
});

test("a part that has not been read yet is not measured", async (t) => {
  const { lost, maker, asked } = measuring(t);
  assert.equal(await lost.some("plain", view("a"), maker, 99), false);
  assert.deepEqual(asked, []);
});

const recipe = (w, more = {}) => ({ w, theta: 0.5, pattern: "", ...more });

test("amounts are 0 to 100 with two decimals", () => {
  assert.deepEqual([-1, 0, 33.337, 66.664, 100, 101].map(tidy), [0, 0, 33.34, 66.66, 100, 100]);
});

test("without one class the others keep their proportions", () => {
  const found = sharesWithout([0.2, 0.3, 0.5], 1);
  [2 / 7, 0, 5 / 7].forEach((share, i) => assert.ok(Math.abs(found[i] - share) < 1e-12, String(found)));
});

test("a mix of nothing, of zeros, and of names that every object has", () => {
  const none = new Mix(recipe({}), ["a", "toString"]);
  assert.deepEqual([none.amounts, none.empty, none.shares], [[null, null], false, []]);
  const zeros = new Mix(recipe({ a: 0, b: 0 }), ["a", "b", "c", "d"]);
  assert.deepEqual([zeros.empty, zeros.shares], [true, [0.5, 0.5]]);
  zeros.toggle(2);
  assert.deepEqual(zeros.recipe().w, { a: 0, b: 0, c: 50 }, "a class that joins zeros is seen");
  assert.equal(zeros.empty, false);
  const uneven = new Mix(recipe({ a: 20, b: 41 }), ["a", "b", "c"]);
  uneven.toggle(2);
  assert.deepEqual(uneven.recipe().w, { a: 20, b: 41, c: 30.5 }, "one that joins others gets their average");
  const little = new Mix(recipe({ a: 0.3, b: 0.1 }), ["a", "b"]);
  assert.deepEqual(little.shares.map((share) => share.toFixed(6)), ["0.750000", "0.250000"]);
});

test("at most 40 classes are chosen at once", () => {
  const names = Array.from({ length: 45 }, (_, i) => `c${i}`);
  const mix = new Mix(recipe({}), names);
  mix.chooseAll(true);
  assert.deepEqual(Object.entries(mix.recipe().w), names.slice(0, 40).map((name) => [name, 50]));
});

test("theta is made anew when its scale or its pattern changes, and else stays the same", () => {
  const mix = new Mix(recipe({ a: 1 }), ["a"]);
  const first = mix.theta;
  assert.ok(first === mix.theta && first.scale === 0.5);
  mix.apply(recipe({ a: 1 }, { theta: 0.6 }));
  const second = mix.theta;
  assert.deepEqual([second.scale, second.pattern], [0.6, ""]);
  mix.apply(recipe({ a: 1 }, { theta: 0.6, pattern: "AA" }));
  assert.deepEqual([mix.theta.scale, mix.theta.pattern, second.pattern], [0.6, "AA", ""]);
});

/** A whole safetensors file of these entries and numbers. */
function file(header, numbers) {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(numbers, 8 + text.length);
  return bytes;
}

test("a file is read wherever it lies in memory, and may have numbers that no entry names", () => {
  const whole = file({ a: { dtype: "U8", shape: [2], data_offsets: [1, 3] } }, [9, 5, 6, 9]);
  const longer = new Uint8Array(whole.length + 3);
  longer.set(whole, 3);
  for (const bytes of [whole, longer.subarray(3)]) assert.deepEqual(readArrays(bytes).a, { data: Uint8Array.of(5, 6), dims: [2] });
  assert.deepEqual(readArrays(file({}, [])), {});
});

test("a damaged file is named, and so is one that came without a name", () => {
  assert.throws(() => readArrays(new Uint8Array(3)), { name: "FileError", message: /^this file is damaged/, url: "this file" });
  assert.throws(() => readArrays(new Uint8Array(3), "http://x/models/mnist/rows.safetensors?v=1"), /^FileError: mnist\/rows\.safetensors is damaged/);
});
