// Amounts that visibly move to where the server wants them.

const LONG = 300; // ms

/**
 * Moves amounts from some to others, a step a frame.
 * @param {(number|null)[]} from
 * @param {(number|null)[]} to null where `from` is null
 * @param {(amounts: (number|null)[]) => void} onStep
 * @param {() => void} onEnd
 * @returns {() => void} stops it where it is
 */
export function glide(from, to, onStep, onEnd) {
  const began = performance.now();
  let frame = requestAnimationFrame(function step() {
    const t = (performance.now() - began) / LONG;
    if (t >= 1) return onEnd();
    const eased = t * (2 - t);
    onStep(from.map((amount, i) => (amount === null ? null : amount + eased * (to[i] - amount))));
    frame = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(frame);
}
