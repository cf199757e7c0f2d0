// The Blend pad: one dot among the chosen classes' corners; mouse, touch and arrow keys set all weights at once.

import { t } from "../engine/language.js";
import { sharpCanvas } from "./canvas.js";
import { colourOf } from "./colours.js";
import { h, say } from "./dom.js";
import { Room } from "./room.js";
import { swatch } from "./swatch.js";
import { clampPlace, cornersOf, placeOf, snap, weightsAt } from "./simplex.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const REACH = { dot: 32, line: 18 }; // CSS pixels from the dot and from its lines at which a finger holds the dot
const HINTS = [t("Tap a class above."), t("Tap another class to mix it in.")];

/** The pad. Its place is in the unit circle, y downwards. */
export class Pad {
  /**
   * @param {(weights: number[], event: Event) => void} onInput while the dot moves
   * @param {() => void} onChange when it was let go
   */
  constructor(onInput, onChange) {
    this.onInput = onInput;
    this.onChange = onChange;
    /** @type {import("./simplex.js").Place} */
    this.place = [0, 0];
    /** @type {import("./simplex.js").Place[]} */
    this.corners = [];
    /** @type {{index: number, name: string, face?: string}[]} */
    this.classes = [];
    /** @type {HTMLElement[]} */
    this.tiles = [];
    /** @type {number[]} of the chosen classes, as they are drawn */
    this.weights = [];
    /** @type {number|undefined} the pointer that holds the dot */
    this.held = undefined;
    this.centre = 0; // CSS pixels
    this.radius = 0; // CSS pixels from the centre to a corner; 0 before the first layout
    this.lines = h("canvas", { class: "pad-lines", "aria-hidden": "true" });
    this.ring = h("div", { class: "pad-ring", "aria-hidden": "true" });
    this.dot = h("div", { class: "pad-dot", "aria-hidden": "true" });
    this.hint = h("p", { class: "pad-hint quiet" });
    this.element = h(
      "div",
      {
        class: "pad", role: "slider", tabindex: "0", "aria-label": t("Blend pad"), "aria-roledescription": t("pad"),
        "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": "0",
      },
      this.lines, this.ring, this.dot, this.hint,
    );
    this.element.onpointerdown = (event) => this.down(event);
    // Elsewhere a finger scrolls the page; where it holds the dot, the page has to stay.
    this.element.addEventListener("touchstart", (event) => event.touches.length === 1 && this.near(event.touches[0]) && event.preventDefault(), { passive: false });
    this.element.onpointermove = (event) => this.held === event.pointerId && this.drag(event);
    this.element.onpointerup = this.element.onpointercancel = (event) => this.up(event);
    this.element.onkeydown = (event) => this.key(event);
    this.room = new Room(this.element, () => this.layout());
  }

  /** Other corners. @param {{index: number, name: string, face?: string}[]} classes that are chosen */
  choose(classes) {
    this.classes = classes;
    this.corners = cornersOf(Math.max(1, classes.length)).slice(0, classes.length);
    this.element.setAttribute("aria-disabled", String(!classes.length));
    this.dot.hidden = classes.length < 2; // with one class there is nothing to drag
    say(this.hint, HINTS[classes.length] ?? "");
    this.tiles = classes.map(({ index, name, face }) =>
      h(
        "div",
        { class: "pad-corner", style: `--hue:${colourOf(index)}` },
        h("span", { class: "face", style: face ? `background-image:url(${face})` : "" }),
        swatch(index),
        h("span", { class: "pad-name" }, name),
      ),
    );
    this.ring.replaceChildren(...this.tiles);
    this.ring.className = classes.length > 24 ? "pad-ring pad-crowd" : classes.length > 12 ? "pad-ring pad-many" : "pad-ring";
    this.layout();
  }

  /** Puts the dot where the weights pull it. @param {number[]} weights of the chosen classes, sum 1 */
  show(weights) {
    if (this.held === undefined) this.place = placeOf(weights, this.corners);
    this.draw(weights);
  }

  /** In words, for screen readers. */
  describe(words, strongest) {
    this.element.setAttribute("aria-valuenow", String(Math.round(strongest * 100)));
    this.element.setAttribute("aria-valuetext", words);
  }

  layout() {
    const width = this.element.clientWidth;
    if (!width) return;
    this.centre = width / 2;
    const face = this.tiles[0]?.offsetWidth ?? 0;
    this.radius = this.centre - face / 2 - (face > 36 ? Math.min(22, 0.12 * this.centre) : 8); // names stand below the faces that are large
    this.element.dataset.radius = String(this.radius);
    this.tiles.forEach((tile, i) => {
      const [x, y] = this.corners[i];
      tile.style.transform = `translate(-50%, -50%) translate(${this.centre + x * this.radius}px, ${this.centre + y * this.radius}px)`;
    });
    if (this.weights.length && this.weights.length === this.corners.length) this.draw(this.weights);
  }

  draw(weights) {
    this.weights = weights;
    if (!this.radius) return;
    const { context } = sharpCanvas(this.lines, { width: 2 * this.centre, height: 2 * this.centre });
    /** @returns {[number, number]} CSS pixels */
    const at = ([x, y]) => [this.centre + x * this.radius, this.centre + y * this.radius];
    const [x, y] = at(this.place);
    context.lineCap = "round";
    this.corners.forEach((corner, i) => {
      context.globalAlpha = 0.3 + 0.7 * weights[i];
      context.lineWidth = 1 + 7 * weights[i];
      context.strokeStyle = colourOf(this.classes[i].index);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(...at(corner));
      context.stroke();
    });
    this.dot.style.transform = `translate(-50%, -50%) translate(${x}px, ${y}px)`;
  }

  down(event) {
    if (!this.corners.length || event.button || (event.pointerType === "touch" && !this.near(event))) return;
    event.preventDefault();
    this.element.focus({ preventScroll: true });
    this.held = event.pointerId;
    this.element.setPointerCapture(event.pointerId);
    this.element.classList.add("pad-held");
    this.drag(event);
  }

  /** Whether a place of the screen is near the dot or one of its lines. @param {{clientX: number, clientY: number}} place */
  near({ clientX, clientY }) {
    if (this.corners.length < 2) return false;
    const box = this.element.getBoundingClientRect();
    const at = [clientX - box.left - this.centre, clientY - box.top - this.centre];
    const [x, y] = this.place.map((one) => one * this.radius);
    if (Math.hypot(at[0] - x, at[1] - y) <= REACH.dot) return true;
    return this.corners.some((corner) => {
      const [toX, toY] = [corner[0] * this.radius - x, corner[1] * this.radius - y];
      const share = ((at[0] - x) * toX + (at[1] - y) * toY) / (toX * toX + toY * toY || 1);
      const along = Math.min(1, Math.max(0, share));
      return Math.hypot(at[0] - x - along * toX, at[1] - y - along * toY) <= REACH.line;
    });
  }

  drag(event) {
    const box = this.element.getBoundingClientRect();
    /** @type {import("./simplex.js").Place} */
    const place = [(event.clientX - box.left - this.centre) / this.radius, (event.clientY - box.top - this.centre) / this.radius];
    this.move(place, event, true);
  }

  up(event) {
    if (this.held !== event.pointerId) return;
    this.held = undefined;
    this.element.classList.remove("pad-held");
    this.onChange();
  }

  key(event) {
    const step = event.shiftKey ? 0.01 : 0.05;
    const direction = STEPS[event.key];
    if (!this.corners.length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (direction) this.move([this.place[0] + step * direction[0], this.place[1] + step * direction[1]], event, false);
    else if (event.key === "Home") this.move([0, 0], event, false);
    else if (event.key === "End") this.move(this.corners[this.weights.indexOf(Math.max(...this.weights))], event, false);
    else return;
    event.preventDefault();
    this.onChange();
  }

  /** @param {import("./simplex.js").Place} place @param {Event} event @param {boolean} near whether corners attract it */
  move(place, event, near) {
    this.place = clampPlace(near ? snap(place, this.corners) : place, this.corners);
    this.onInput(weightsAt(this.place, this.corners), event);
  }

  dispose() {
    this.room.stop();
  }
}
