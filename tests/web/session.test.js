// The Blend page's conversation with the server: what is sent, and what is waited for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../web/blend/session.js";
import { History } from "../../web/ui/history.js";

const recipe = (amount) => ({ data: "mnist", model: "mmd-20", w: { 3: amount } });

function opened() {
  const [sent, asking, history] = [[], [], new History()];
  const session = new Session(history, { onAsking: (yes) => asking.push(yes), onSilence: () => asking.push("silence") });
  session.send = (...message) => sent.push(message);
  session.share(recipe(1), true);
  return { session, sent, asking, history };
}

test("a settled recipe is one message and one step of undo", () => {
  const { session, sent, history } = opened();
  session.settle(recipe(2));
  session.settle(recipe(2));
  assert.deepEqual(sent, [[recipe(2)]]);
  assert.deepEqual(history.move(-1), recipe(1));
});

test("what the server knows already is not sent", () => {
  const { session, sent } = opened();
  session.settle(recipe(1));
  session.share(recipe(5), false);
  session.settle(recipe(5));
  assert.deepEqual(sent, []);
});

test("Even out waits for an answer, and not for ever", (t) => {
  const timers = [];
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  t.after(() => Object.assign(globalThis, { setTimeout: set, clearTimeout: clear }));
  Object.assign(globalThis, {
    setTimeout: (late) => timers.push(late),
    clearTimeout: (number) => number && (timers[number - 1] = () => {}),
  });
  const { session, sent, asking } = opened();
  session.evenOut(recipe(2));
  assert.equal(session.asking, true);
  session.stopAsking();
  timers[0]();
  assert.deepEqual(asking, [true, false], "nobody waits any more");
  session.evenOut(recipe(3));
  timers.at(-1)();
  assert.deepEqual(asking, [true, false, true, false, "silence"]);
  assert.deepEqual(sent, [[recipe(2), "even"], [recipe(3), "even"]]);
});

test("a server that comes back is told what was settled last, and believed when it has heard it", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { session, sent } = opened();
  session.settle(recipe(2));
  session.handOver();
  assert.deepEqual(sent.at(-1), [recipe(2), undefined]);
  assert.equal(session.tooEarly(recipe(1)), true, "it speaks of the link that it started from");
  assert.equal(session.tooEarly(recipe(2)), false);
  assert.equal(session.tooEarly(recipe(1)), false, "from here on it knows better");
  session.handOver();
  t.mock.timers.tick(10_000);
  assert.equal(session.tooEarly(recipe(1)), false, "nobody waits for ever");
});
