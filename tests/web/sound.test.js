// A picture as sound: what of it is heard, when, and what is said where nothing can be.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { hertz, sounding } from "../../web/engine/roll.js";
import { Player, SENTENCES, STEP } from "../../web/ui/player.js";

/** Web Audio that only writes down what it was asked for. Its clock is moved by hand. */
class Context {
  static state = "running";
  constructor() {
    Object.assign(this, { currentTime: 0, state: "suspended", heard: [], destination: {} });
    Context.made = this;
  }
  async resume() {
    this.state = Context.state;
  }
  async close() {
    this.state = "closed";
  }
  createGain() {
    const gain = { value: 1, calls: [], setTargetAtTime: (...call) => gain.calls.push(call), setValueAtTime() {}, linearRampToValueAtTime: (level) => (gain.level = level) };
    return { gain, connect() {} };
  }
  createOscillator() {
    const one = { frequency: { value: 0 }, connect: (to) => ((one.level = to.gain), to), start: (at) => (one.from = at), stop: (at) => (one.to = at) };
    this.heard.push(one);
    return one;
  }
}

/** @type {[number, number, number]} */
const shape = [1, 3, 4];
const roll = { shape, notes: [72, 69, 60], pixels: Float32Array.from([0, 0, 0, 0, /**/ 1, 1, 0, 0.5, /**/ 0, 0, 0, 0.9]) };
const told = [];
let player;
/** Lets promises and timers that are due come first. */
const settled = async (t, ms = 0) => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
  t.mock.timers.tick(ms);
};
/** @param {number} steps */
async function go(t, steps) {
  for (let i = 0; i < steps * 5; i++) {
    Context.made.currentTime += STEP / 5;
    await settled(t, 30);
  }
}

beforeEach(() => {
  Object.assign(globalThis, { AudioContext: Context });
  Context.state = "running";
  told.length = 0;
  player = new Player({ roll: () => roll, state: (playing, problem) => told.push([playing, problem]), step: () => {} });
});

test("a column is a step; what is bright is heard, the brightest first, and of a haze four notes", () => {
  assert.equal(hertz(69), 440);
  assert.equal(Math.round(hertz(60) * 100), 26163);
  assert.deepEqual(sounding(roll.pixels, shape, 0), [{ row: 1, loudness: 1 }]);
  assert.deepEqual(sounding(roll.pixels, shape, 2), []);
  assert.deepEqual(sounding(roll.pixels, shape, 3).map(({ row }) => row), [2, 1]);
  assert.equal(sounding(new Float32Array(28 * 28).fill(0.3), [1, 28, 28], 5).length, 4);
  assert.equal(sounding(new Float32Array(28 * 28).fill(0.1), [1, 28, 28], 5).length, 0);
});

test("nothing sounds before it is asked for; a note that stays is held, and another roll is heard as it comes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  assert.deepEqual(told, []);
  player.play();
  player.play(); // pressed twice
  await settled(t);
  assert.deepEqual(told, [[true, ""]]);
  await go(t, 3);
  const { heard } = Context.made;
  assert.deepEqual(heard.map(({ frequency }) => frequency.value), [440, ...[60, 69].map(hertz)], "held over two steps, silent in one, then two at once");
  assert.ok(heard[0].to - heard[0].from > 2 * STEP && heard[1].from > heard[0].from + 2.9 * STEP);
  assert.ok(heard[1].level.level > heard[2].level.level, "brighter is louder");
  roll.pixels[0] = 1; // the dot moved
  await go(t, 1);
  roll.pixels[0] = 0;
  assert.ok(heard.some(({ frequency }) => frequency.value === hertz(72)), "in the next round");
  player.stop();
  const many = heard.length;
  await go(t, 3);
  assert.deepEqual([told.at(-1), heard.length, heard.every(({ to }) => to !== undefined)], [[false, ""], many, true]);
});

test("where nothing can be heard a sentence says why, and what to do", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const tried = async () => {
    player.play();
    await settled(t, 2000);
    await settled(t);
    assert.equal(player.playing, false);
    return told.at(-1)[1];
  };
  Context.state = "suspended";
  assert.equal(await tried(), SENTENCES.refused);
  Context.state = "running";
  player.play(); // allowed by now
  await settled(t);
  assert.deepEqual(told.at(-1), [true, ""]);
  await go(t, 1);
  Context.made.state = "interrupted"; // by a call, on a telephone
  Context.made.onstatechange();
  assert.deepEqual(told.at(-1), [false, SENTENCES.interrupted]);
  player.dispose();
  player.loud(0.5); // a slider that is let go late
  Object.assign(globalThis, { AudioContext: class { constructor() { throw new Error("no device"); } } });
  assert.equal(await tried(), SENTENCES.broken);
  Object.assign(globalThis, { AudioContext: undefined });
  assert.equal(await tried(), SENTENCES.none);
});

test("a press of Stop while the browser still thinks about it stays a Stop", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  player.play();
  player.stop();
  await settled(t, 2000);
  assert.deepEqual([told, Context.made.heard], [[[false, ""]], []]);
});
