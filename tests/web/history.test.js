// What Undo and Redo remember.

import assert from "node:assert/strict";
import { test } from "node:test";
import { History, same } from "../../web/ui/history.js";

const pushed = (...steps) => {
  const history = new History();
  steps.forEach((step) => history.push(step));
  return history;
};

test("back and forth, and an end on either side", () => {
  const history = pushed({ n: 1 }, { n: 2 }, { n: 3 });
  assert.equal(history.move(1), null);
  assert.deepEqual([history.move(-1), history.move(-1), history.move(-1)], [{ n: 2 }, { n: 1 }, null]);
  assert.deepEqual(history.move(1), { n: 2 });
  assert.ok(history.can(1) && history.can(-1));
});

test("a new step forgets what was undone", () => {
  const history = pushed({ n: 1 }, { n: 2 });
  history.move(-1);
  history.push({ n: 3 });
  assert.equal(history.can(1), false);
  assert.deepEqual(history.move(-1), { n: 1 });
});

test("the same recipe twice is one step, in whatever order its keys stand", () => {
  assert.equal(pushed({ w: { a: 1, b: 2 }, n: 1 }, { n: 1, w: { b: 2, a: 1 } }).can(-1), false);
  assert.ok(same({ a: [1, 2] }, { a: [1, 2] }));
  assert.ok(!same({ a: [1, 2] }, { a: [2, 1] }));
});

test("a step is a copy, and the list has an end", () => {
  const recipe = { w: { a: 0 } };
  const history = pushed(recipe);
  for (let i = 1; i <= 300; i++) {
    recipe.w.a = i;
    history.push(recipe);
  }
  let steps = 0;
  let last;
  for (let step = history.move(-1); step; step = history.move(-1)) [last, steps] = [step, steps + 1];
  assert.equal(steps, 199);
  assert.deepEqual(last, { w: { a: 101 } });
});
