// A first visit's dot, which goes gently round the pad's middle until somebody touches anything.

import { calm } from "./dom.js";

const BEGIN = 2500; // ms in which the picture rests and is read
const ROUND = 20_000; // ms for one time round
const REACH = 0.5; // of the way from the middle to a corner
const EVERY = 30; // ms between two steps: a picture that nobody steers needs no more
const TOUCHES = ["pointerdown", "keydown", "wheel"];

let touched = false; // once is for good, also when the page is left and comes back

/**
 * Where the dot is, in the unit circle, y downwards: from the middle outwards during a first quarter, then round.
 * @param {number} time ms since it began to move
 * @returns {import("./simplex.js").Place}
 */
export function placeAfter(time) {
  const turn = (2 * Math.PI * time) / ROUND - Math.PI / 2;
  const out = Math.min(1, (4 * time) / ROUND);
  const reach = REACH * out * out * (3 - 2 * out);
  return [reach * Math.cos(turn), reach * Math.sin(turn)];
}

/**
 * Moves a dot from the middle until anything is touched; never where little motion is wanted, nor a second time.
 * @param {(place: import("./simplex.js").Place) => void} onStep
 * @param {() => void} onEnd when it had moved and was touched
 * @returns {() => void} stops it for good, without onEnd
 */
export function wander(onStep, onEnd) {
  if (touched || calm()) return () => {};
  let began = 0;
  let last = 0;
  let frame = 0;
  const timer = setTimeout(() => (frame = requestAnimationFrame(step)), BEGIN);
  const stop = () => {
    touched = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    for (const type of TOUCHES) removeEventListener(type, end, { capture: true });
  };
  for (const type of TOUCHES) addEventListener(type, end, { capture: true, passive: true });
  return stop;

  function end() {
    const moved = began > 0;
    stop();
    if (moved) onEnd();
  }

  /** @param {number} now */
  function step(now) {
    if (calm()) return end();
    began ||= now;
    if (now - last >= EVERY) {
      last = now;
      onStep(placeAfter(now - began));
    }
    frame = requestAnimationFrame(step);
  }
}
