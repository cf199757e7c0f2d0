// What Undo and Redo remember, and what is one entry of the browser's own history.

import assert from "node:assert/strict";
import { test } from "node:test";
import { joinEntries } from "../../web/ui/entries.js";
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

/** A browser's history at /blend?a with a script that runs until `rest`. */
function browsing() {
  const entries = ["/blend?a"];
  const location = { get href() { return `http://here${entries.at(-1)}`; }, get pathname() { return new URL(this.href).pathname; } };
  const history = { pushState: (_, __, url) => void entries.push(url), replaceState: (_, __, url) => void entries.splice(-1, 1, url) };
  let [ends, back] = [[], () => {}];
  joinEntries({ history, location, addEventListener: (_, listener) => (back = listener) }, (then) => void ends.push(then));
  const rest = () => ends.splice(0).forEach((then) => then());
  return { entries, rest, back: () => back(), push: (url) => history.pushState({}, "", url) };
}

test("a page switch is one entry, whichever of its messages comes first", () => {
  const bareFirst = browsing();
  bareFirst.push("/map");
  bareFirst.push("/map?a");
  bareFirst.rest();
  const whole = browsing();
  whole.push("/map?a");
  whole.rest();
  assert.deepEqual([bareFirst.entries, whole.entries], [["/blend?a", "/map?a"], ["/blend?a", "/map?a"]]);
});

test("steps on a page, pages passed quickly and what follows Back are entries of their own", () => {
  const { entries, push, rest, back } = browsing();
  push("/blend?b");
  push("/blend?c");
  push("/map");
  push("/learn");
  rest(); // also of the page that was passed
  push("/learn?c");
  push("/map");
  back();
  push("/map?d");
  assert.deepEqual(entries, ["/blend?a", "/blend?b", "/blend?c", "/map", "/learn", "/learn?c", "/map", "/map?d"]);
});
