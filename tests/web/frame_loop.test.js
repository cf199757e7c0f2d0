// The frame loop: what is drawn, what follows once it is painted, and that nothing ends it.

import assert from "node:assert/strict";
import test from "node:test";

globalThis.window ??= /** @type {any} */ ({});
globalThis.requestAnimationFrame = (call) => /** @type {any} */ (setTimeout(() => call(performance.now()), 1));
const { Loop } = await import("../../web/ui/frame_loop.js");

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until it is so, and a little longer, so that what would be too much is seen as well. */
async function until(/** @type {() => boolean} */ so) {
  for (let i = 0; i < 2000 && !so(); i++) await pause(1);
  await pause(15);
}

test("follow comes after draw, and a newer input waits for both", async () => {
  /** @type {string[]} */
  const story = [];
  const loop = new Loop(
    async (fresh) => void story.push(fresh ? "draw" : "go on"),
    async () => {
      story.push("follow");
      if (story.length === 2) {
        loop.ask();
        await pause(5);
        story.push("followed");
      }
    },
  );
  loop.ask();
  await until(() => story.length >= 5);
  loop.stop();
  assert.deepEqual(story, ["draw", "follow", "followed", "draw", "follow"]);
});

test("many inputs before a frame are one drawing, of the newest", async () => {
  let newest = 0;
  /** @type {number[]} */
  const drawn = [];
  const loop = new Loop(async () => void drawn.push(newest));
  for (newest = 1; newest < 5; newest++) loop.ask();
  await until(() => drawn.length > 0);
  loop.stop();
  assert.deepEqual(drawn, [5]);
});

test("a frame that fails does not end the loop", async () => {
  let frames = 0;
  /** @type {string[]} */
  const failed = [];
  globalThis.reportError = (error) => void failed.push(error.message);
  const loop = new Loop(async () => {
    if (++frames === 1) throw new Error("no picture");
  });
  loop.ask();
  await until(() => frames === 1);
  loop.ask();
  await until(() => frames === 2);
  loop.stop();
  assert.deepEqual([frames, failed], [2, ["no picture"]]);
});
