// What fingers and mouse do on the map, as gestures: hover, tap, drag, pinch (a wheel pinches too).

const STILL = 5; // CSS pixels a press may wander and still be a tap

/**
 * @typedef {object} Gestures places and moves in CSS pixels of the surface
 * @property {(x: number, y: number) => void} hover
 * @property {() => void} leave
 * @property {(x: number, y: number, touch: boolean) => void} tap
 * @property {(x: number, y: number) => void} start a drag begins where it was pressed
 * @property {(x: number, y: number, dx: number, dy: number, second: boolean) => void} drag second: with Shift or the
 *   middle button
 * @property {() => void} end
 * @property {() => void} cancel a drag turns into a pinch
 * @property {(factor: number, x: number, y: number, dx: number, dy: number) => void} pinch
 */

/**
 * Listens to a surface's pointers.
 * @param {HTMLElement} surface
 * @param {Gestures} on
 * @returns {() => void} takes the listeners away again
 */
export function listen(surface, on) {
  /** @type {Map<number, {x: number, y: number, x0: number, y0: number, second: boolean}>} */
  const pressed = new Map();
  let moved = false;
  let pinched = false;
  /** @returns {[number, number]} */
  const place = (event) => {
    const box = surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  const down = (event) => {
    if (event.pointerType === "mouse" && event.button > 1) return;
    const [x, y] = place(event);
    surface.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, { x, y, x0: x, y0: y, second: event.shiftKey || event.button === 1 });
    moved = moved && pressed.size > 1;
    if (pressed.size === 1) [moved, pinched] = [false, false];
    if (pressed.size === 2) {
      if (moved) on.cancel();
      pinched = true;
    }
    surface.dataset.pointer = ""; // no focus ring for a finger or a mouse
    surface.focus({ preventScroll: true });
  };

  const move = (event) => {
    const held = pressed.get(event.pointerId);
    const [x, y] = place(event);
    if (!held) {
      if (event.pointerType !== "touch") on.hover(x, y);
      return;
    }
    if (pressed.size === 2) {
      const [other] = [...pressed].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const before = Math.hypot(held.x - other.x, held.y - other.y);
      const after = Math.hypot(x - other.x, y - other.y);
      on.pinch(after / Math.max(before, 1), (x + other.x) / 2, (y + other.y) / 2, (x - held.x) / 2, (y - held.y) / 2);
    } else if (!pinched) {
      if (!moved && Math.hypot(x - held.x0, y - held.y0) > STILL) {
        moved = true;
        on.start(held.x0, held.y0);
      }
      if (moved) on.drag(x, y, x - held.x, y - held.y, held.second);
    }
    [held.x, held.y] = [x, y];
  };

  const up = (event) => {
    const held = pressed.get(event.pointerId);
    if (!held) return;
    pressed.delete(event.pointerId);
    if (pinched) return;
    if (moved) on.end();
    else if (event.type === "pointerup") on.tap(...place(event), event.pointerType === "touch");
    moved = false;
  };

  const wheel = (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    on.pinch(Math.exp(-Math.max(Math.min(event.deltaY * lines, 120), -120) * (event.ctrlKey ? 0.01 : 0.002)), ...place(event), 0, 0);
  };

  // Without this a quick lasso ends as a fling of the page, and the browser swallows the next tap to stop it.
  const touch = (event) => event.preventDefault();

  const leave = (event) => event.pointerType !== "touch" && on.leave();
  const pointers = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: leave };
  const kinds = { ...pointers, touchstart: touch, touchmove: touch, wheel };
  for (const [kind, listener] of Object.entries(kinds)) surface.addEventListener(kind, listener, { passive: false });
  return () => {
    for (const [kind, listener] of Object.entries(kinds)) surface.removeEventListener(kind, listener);
  };
}
