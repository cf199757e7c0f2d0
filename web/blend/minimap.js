// The small map: every row as a dot, drawn once, and above it the blend's marker with lines to its classes.

import { t } from "../engine/language.js";
import { list } from "../engine/sentences.js";
import { sharpCanvas } from "../ui/canvas.js";
import { channelsOf, colourOf, symbolOf, traceSymbol } from "../ui/colours.js";
import { h, say } from "../ui/dom.js";
import { term } from "../ui/term.js";
import { Room } from "../ui/room.js";

const EDGE = 14; // CSS pixels left free around the points
const GREY = [128, 132, 145];
const NOTES = {
  exact: t("This point is placed exactly."),
  estimated: t("This point's place is estimated from 15 nearest neighbours."),
};

/** The card with the map and its switch between PCA and UMAP. */
export class MiniMap {
  /** @param {(kind: "exact"|"estimated") => void} onKind called when the visitor asks for another map */
  constructor(onKind) {
    this.dots = h("canvas", { class: "minimap-dots", "aria-hidden": "true" });
    this.lines = h("canvas", { class: "minimap-lines", "aria-hidden": "true" });
    this.marks = h("canvas", { class: "minimap-marks", role: "img", "aria-label": t("Map") });
    this.switches = { exact: this.button("PCA", "exact", onKind), estimated: this.button("UMAP", "estimated", onKind) };
    this.note = h("p", { class: "quiet" });
    /** @type {"exact"|"estimated"} */
    this.kind = "exact";
    /** @type {import("../engine/places.js").Places|null} */
    this.places = null;
    /** @type {string[]} */
    this.names = [];
    /** @type {number[]} the chosen classes */
    this.rows = [];
    /** @type {number[]|null} the marker's place */
    this.here = null;
    /** @type {number[]} of the chosen classes */
    this.shares = [];
    /** @type {ReturnType<typeof frameOf>|undefined} how places become CSS pixels */
    this.frame = undefined;
    this.size = { width: 0, height: 0 };
    /** @type {ReturnType<typeof themeColours>|undefined} */
    this.colours = undefined;
    this.element = h(
      "section",
      { class: "card minimap", "aria-label": t("Where it lies") },
      h("header", {}, h("h2", {}, `${t("Where it lies")} `, term("map", "?")), h("div", { class: "switch", role: "group", "aria-label": t("Kind of map") }, ...Object.values(this.switches))),
      h("div", { class: "minimap-plot" }, this.dots, this.lines, this.marks),
      this.note,
    );
    this.room = new Room(this.marks, () => this.redraw());
    this.show("exact");
  }

  button(text, kind, onKind) {
    return h("button", { type: "button", "aria-pressed": "false", onclick: () => onKind(kind) }, text);
  }

  /** Marks which kind is shown. */
  show(kind) {
    this.kind = kind;
    for (const [name, button] of Object.entries(this.switches)) button.setAttribute("aria-pressed", String(name === kind));
    say(this.note, NOTES[kind]);
  }

  /** Says something in the place of the note, while a map loads or where it cannot be shown. */
  tell(sentence) {
    say(this.note, sentence);
  }

  /** Takes the places of another model or kind; null empties the map. */
  use(places) {
    this.places = places;
    this.here = null;
    if (places) this.show(places.kind);
    this.redraw();
  }

  /** The classes that keep their colour, by index, with their names. */
  choose(rows, names) {
    this.names = names;
    if (rows.join() === this.rows.join()) return;
    this.rows = rows;
    this.drawDots();
    this.drawCentroids();
  }

  /** In words, for screen readers. */
  describe() {
    if (!this.places) return;
    const values = { kind: this.kind === "exact" ? "PCA" : "UMAP", count: this.places.points.length / 2, names: list(this.rows.map((row) => this.names[row])) };
    this.marks.setAttribute("aria-label", t("{kind} map of {count} pictures with a marker among {names}", values));
  }

  redraw() {
    this.drawDots();
    this.drawCentroids();
    if (this.here) this.mark(this.here, this.shares);
  }

  /** Takes the marker away while no class is chosen. */
  unmark() {
    this.here = null;
    sharpCanvas(this.lines);
  }

  /** CSS pixels of a place. */
  at([x, y]) {
    const { left, top, scale, height } = this.frame;
    return [left + x * scale, height - top - y * scale];
  }

  drawDots() {
    const { context, width, height } = sharpCanvas(this.dots);
    this.size = { width, height };
    if (!this.places || !width) return;
    this.frame = frameOf(this.places.points, width, height);
    const ratio = this.dots.width / width;
    const image = context.createImageData(this.dots.width, this.dots.height);
    const ink = new Uint32Array(image.data.buffer);
    const chosen = new Set(this.rows);
    const colours = this.names.map((_, i) => packed(colourOf(i), chosen.has(i) ? 150 : 46, chosen.has(i)));
    const size = Math.max(1, Math.round(ratio * 1.2));
    const { points, classes } = this.places;
    for (const bright of [false, true]) {
      for (let i = 0; i < classes.length; i++) {
        if (chosen.has(classes[i]) !== bright) continue;
        const [x, y] = this.at([points[2 * i], points[2 * i + 1]]);
        const [px, py] = [Math.round(x * ratio), Math.round(y * ratio)];
        for (let dy = 0; dy < size; dy++) ink.fill(colours[classes[i]], (py + dy) * image.width + px, (py + dy) * image.width + px + size);
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** The chosen centroids with their names, above everything; they stay while the marker moves. */
  drawCentroids() {
    const { context, width } = sharpCanvas(this.marks);
    if (!this.places || !this.frame || !width) return;
    const style = (this.colours ??= themeColours(this.marks));
    const few = this.rows.length <= 12;
    context.font = "600 14px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const row of this.rows) {
      const [cx, cy] = this.at(this.places.centroids[row]);
      traceSymbol(context, symbolOf(row), cx, cy, few ? 4.5 : 3);
      context.fillStyle = colourOf(row);
      context.strokeStyle = style.background;
      context.lineWidth = 1.5;
      context.fill();
      context.stroke();
    }
    if (!few) return;
    const taken = [];
    context.lineWidth = 3;
    context.fillStyle = style.text;
    for (const row of this.rows) {
      const [cx, cy] = this.at(this.places.centroids[row]);
      const [name, top] = [this.names[row].slice(0, 12), cy - 11];
      const half = context.measureText(name).width / 2 + 2;
      if (taken.some(([x, y, wide]) => Math.abs(x - cx) < half + wide && Math.abs(y - top) < 16)) continue; // legible ones only
      taken.push([cx, top, half]);
      context.strokeText(name, cx, top);
      context.fillText(name, cx, top);
    }
  }

  /** Moves the marker to a place, with lines to the chosen centroids as strong as their shares. */
  mark(here, shares) {
    this.here = here;
    this.shares = shares;
    if (!this.places || !this.frame || !this.size.width) return;
    const { context } = sharpCanvas(this.lines, this.size);
    const style = (this.colours ??= themeColours(this.marks));
    const [x, y] = this.at(here);
    context.strokeStyle = style.text;
    this.rows.forEach((row, i) => {
      const [cx, cy] = this.at(this.places.centroids[row]);
      context.globalAlpha = 0.25 + 0.75 * shares[i];
      context.lineWidth = 1 + 3 * shares[i];
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(cx, cy);
      context.stroke();
    });
    context.globalAlpha = 1;
    traceSymbol(context, "circle", x, y, 7);
    context.fillStyle = style.primary;
    context.strokeStyle = style.background;
    context.lineWidth = 3;
    context.stroke();
    context.fill();
  }

  /** Reads the theme's colours anew. */
  restyle() {
    this.colours = undefined;
    this.redraw();
  }

  dispose() {
    this.room.stop();
  }
}

/** Scale and corner that fit points (n * 2) into a box, one scale for both directions. */
function frameOf(points, width, height) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    right = Math.max(right, points[i]);
    low = Math.min(low, points[i + 1]);
    high = Math.max(high, points[i + 1]);
  }
  const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (high - low || 1));
  return {
    scale,
    height,
    left: (width - scale * (right - left)) / 2 - scale * left,
    top: (height - scale * (high - low)) / 2 - scale * low,
  };
}

/** A pixel's four bytes as one number: the colour, or grey where it is not `bright`. */
function packed(colour, alpha, bright) {
  const [red, green, blue] = bright ? channelsOf(colour) : GREY;
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The theme's colours at an element; read once, as asking makes the browser work out its styles. */
function themeColours(element) {
  const style = getComputedStyle(element);
  const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--st-text-color", "#222"),
    background: read("--st-background-color", "#fff"),
    primary: read("--st-primary-color", "#4f46e5"),
  };
}
