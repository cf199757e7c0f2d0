// Where who is: what a brush does to paint, and paint on the way from one blend of a film to the next.

import assert from "node:assert/strict";
import { test } from "node:test";

import { brushed, fieldsAt, paintedFields, paintersOf } from "../../web/engine/brush.js";
import { FIELDS, Where, paintIn, paintText, whereBetween } from "../../web/engine/where.js";

const CAT = { name: "Cat", level: 3, radius: 0 };

test("a stroke paints every field that it passes, and what was painted before stays as it was", () => {
  const once = brushed(new Map(), CAT, [0.5, 0.5], [7.5, 0.5]);
  assert.equal(paintedFields(once, "Cat"), 8);
  const again = brushed(once, { ...CAT, level: 1 }, [0.2, 0.7], [0.2, 0.7]);
  assert.deepEqual([...again.get("Cat").slice(0, 3)], [1, 3, 3]);
  assert.deepEqual([...once.get("Cat").slice(0, 3)], [3, 3, 3]);
  assert.equal(paintedFields(once, "Dog"), 0);
});

test("whoever is painted over gives way, and the eraser takes all paint of a field", () => {
  const cat = brushed(new Map(), CAT, [0.5, 0.5], [0.5, 0.5]);
  for (const level of [1, 2, 3]) {
    const both = brushed(cat, { name: "Dog", level, radius: 0 }, [0.5, 0.5], [0.5, 0.5]);
    assert.deepEqual([both.get("Cat")[0], both.get("Dog")[0]], [3 - level, level]);
    assert.deepEqual(paintersOf(both, ["Cat", "Dog"], 0)[0], level > 1 ? ["Dog", level] : ["Cat", 2]);
    assert.equal(paintText(brushed(both, { ...CAT, name: null }, [0.5, 0.5], [0.5, 0.5]), ["Cat", "Dog"]), "");
  }
});

test("a brush is round, and never misses the field that it is in", () => {
  assert.deepEqual(fieldsAt([0, 0], 0), [0]);
  assert.deepEqual(fieldsAt([7.999, 7.999], 0), [FIELDS - 1]);
  assert.deepEqual(fieldsAt([3.5, 3.5], 1.1).sort((a, b) => a - b), [19, 26, 27, 28, 35]);
  assert.equal(fieldsAt([3.5, 3.5], 2.3).length, 21);
});

test("paint is text and paint again, whatever a class is called", () => {
  const paint = brushed(brushed(new Map(), { ...CAT, name: "a,b:50%" }, [1, 1], [6, 7]), CAT, [0.5, 0.5], [5, 0.5]);
  const text = paintText(paint, ["Cat", "a,b:50%", "Dog"]);
  assert.deepEqual(new Map([...paintIn(text)].sort()), new Map([...paint].sort()));
  assert.equal(paintText(paint, ["Dog"]), "");
});

test("between two blends of a film paint moves evenly, also where one of them has none", () => {
  const where = new Where([Uint8Array.from({ length: FIELDS }, () => 2)], [4]);
  assert.equal(whereBetween(where, where, 0.3), where);
  assert.equal(whereBetween(undefined, undefined, 0.3), undefined);
  const half = whereBetween(undefined, where, 0.5);
  assert.deepEqual([half.rows, half.levels[0][0]], [[4], 1]);
  const { ways, fields } = half.ways([1, 4], [0.5, 0.5]);
  assert.deepEqual(ways, [[1 / 9, 8 / 9]]);
  assert.deepEqual(fields.dims, [1, FIELDS]);
});
