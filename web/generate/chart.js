// The paper's Figure 1: accuracy against cosine, every family a line, and a dot that is what is set now.

import { decimals, t, written } from "../engine/language.js";
import { h, say, svg as s } from "../ui/dom.js";
import { alikeness, percent } from "./reading.js";
import { Points } from "./points.js";
import { Scales } from "./scales.js";

const SIZES = { wide: [560, 340], narrow: [350, 300] }; // in px as it is shown on a desk and on a telephone
const NARROW = 460; // px of room below which the narrow one is drawn
const EDGE = { left: 58, right: 12, top: 12, bottom: 46 };
const WANTED = 0.995; // the accuracy that the paper's settings keep

/** The outline of a symbol around 0, 0. */
export function outline(symbol, r = 4.5) {
  if (symbol === "square") return `M${-r} ${-r}H${r}V${r}H${-r}Z`;
  if (symbol === "triangle") return `M0 ${-1.2 * r}L${1.1 * r} ${0.9 * r}L${-1.1 * r} ${0.9 * r}Z`;
  if (symbol === "diamond") return `M0 ${-1.35 * r}L${1.35 * r} 0L0 ${1.35 * r}L${-1.35 * r} 0Z`;
  if (symbol === "cross") return `M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`;
  return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
}

const DASH = { dashed: "6 4", dotted: "1.5 4", solid: "" };

export class Chart {
  /** @param {(point: object) => void} load a point was chosen */
  constructor(load) {
    /** @type {object[]|null} */
    this.series = null;
    /** @type {import("./series.js").Which} */
    this.which = "reconstruction";
    /** @type {number[]} */
    this.size = SIZES.wide;
    this.wide = SIZES.wide[0];
    this.high = SIZES.wide[1];
    /** @type {SVGGElement|null} what is set now */
    this.dot = null;
    this.svg = s("svg", { role: "img" });
    this.resized = new ResizeObserver(() => this.series && this.size !== this.fitting() && this.show(this.series, this.which));
    this.points = new Points(load, (point) => say(this.told, point ? `${this.words(point)}${point.load ? "" : ` ${t("It cannot be loaded.")}`}` : ""));
    this.told = h("p", { class: "curve-told quiet" });
    this.resized.observe(this.svg);
    this.legend = h("ul", { class: "curve-series quiet" });
    this.element = h("div", { class: "curve-chart" }, h("div", { class: "curve-plot" }, this.svg, this.points.element), this.told, this.legend);
  }

  /** @param {object[]} series from series.js @param {import("./series.js").Which} which accuracy */
  show(series, which) {
    Object.assign(this, { series, which, size: this.fitting() });
    [this.wide, this.high] = this.size;
    this.svg.setAttribute("viewBox", `0 0 ${this.wide} ${this.high}`);
    const points = series.flatMap((one) => one.points);
    this.scales = new Scales(points);
    this.dot = s("g", { class: "curve-now" }, s("circle", { r: 9, class: "curve-halo" }), s("circle", { r: 6.5 }));
    this.svg.replaceChildren(...this.axes(), ...series.map((one) => this.draw(one)), this.dot);
    this.svg.setAttribute("aria-label", this.summary(series));
    this.points.show(series.filter((one) => !one.faint), (point) => this.place(point), (point) => this.words(point));
    this.legend.replaceChildren(...series.map((one) => h("li", {}, this.key(one), ` ${one.name}`)), h("li", {}, keyed(s("circle", { r: 6, class: "curve-yours" })), ` ${t("Yours now")}`));
    this.move(this.now);
  }

  fitting() {
    const room = this.svg.clientWidth;
    return SIZES[room && room < NARROW ? "narrow" : "wide"];
  }

  /** A point's place in per cent of the plot. */
  place({ cosine, accuracy }) {
    const [x, y] = this.at(cosine, accuracy);
    return { x: (100 * x) / this.wide, y: (100 * y) / this.high };
  }

  at(cosine, accuracy) {
    return [EDGE.left + this.scales.x(cosine) * (this.wide - EDGE.left - EDGE.right), EDGE.top + this.scales.y(accuracy) * (this.high - EDGE.top - EDGE.bottom)];
  }

  axes() {
    const [right, bottom] = [this.wide - EDGE.right, this.high - EDGE.bottom];
    const parts = [];
    for (const cosine of this.scales.cosines) {
      const [x] = this.at(cosine, 1);
      parts.push(s("line", { x1: x, x2: x, y1: EDGE.top, y2: bottom, class: "curve-rule" }), s("text", { x, y: bottom + 18, "text-anchor": "middle" }, decimals(cosine, 1)));
    }
    for (const accuracy of this.scales.accuracies) {
      const [, y] = this.at(1, accuracy);
      parts.push(s("line", { x1: EDGE.left, x2: right, y1: y, y2: y, class: accuracy === WANTED ? "curve-rule curve-wanted" : "curve-rule" }));
      parts.push(s("text", { x: EDGE.left - 8, y: y + 4, "text-anchor": "end" }, `${written(Number((100 * accuracy).toFixed(1)))} %`));
    }
    parts.push(s("text", { x: EDGE.left, y: this.high - 6 }, t("← more varied")), s("text", { x: right, y: this.high - 6, "text-anchor": "end" }, t("more alike (cosine) →")));
    return parts;
  }

  draw({ points, colour, symbol, line, faint }) {
    const places = points.map(({ cosine, accuracy }) => this.at(cosine, accuracy));
    const group = s("g", { stroke: colour, fill: colour, opacity: faint ? 0.65 : 1 });
    if (line) group.append(s("polyline", { points: places.map((one) => one.map((v) => v.toFixed(1)).join()).join(" "), fill: "none", "stroke-width": 2, "stroke-dasharray": DASH[line] }));
    places.forEach(([x, y], i) => {
      group.append(s("path", { d: outline(symbol, line ? 3 : 5), transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`, "stroke-width": symbol === "cross" ? 2.5 : 1 }));
      if (points[i].mark) group.append(s("text", { x, y: y - 9, "text-anchor": "middle", stroke: "none", class: "curve-mark" }, points[i].mark));
    });
    return group;
  }

  key({ colour, symbol, line, faint }) {
    const swatch = s("g", { stroke: colour, fill: colour, opacity: faint ? 0.65 : 1 });
    if (line) swatch.append(s("line", { x1: -11, x2: 11, y1: 0, y2: 0, "stroke-width": 2, "stroke-dasharray": DASH[line] }));
    swatch.append(s("path", { d: outline(symbol, line ? 3 : 5), "stroke-width": symbol === "cross" ? 2.5 : 1 }));
    return keyed(swatch);
  }

  /** Moves the dot of what is set now. @param {{cosine: number, accuracy: number}} [now] */
  move(now) {
    this.now = now;
    if (!this.dot) return;
    this.dot.style.display = now?.accuracy === undefined ? "none" : "";
    if (now?.accuracy === undefined) return;
    const [x, y] = this.at(now.cosine, now.accuracy);
    this.dot.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }

  words({ label, cosine, accuracy, worst }) {
    const values = { label, right: percent(accuracy), alike: alikeness(cosine) };
    if (worst === undefined) return t("{label}: {right} right, {alike} alike.", values);
    return t("{label}: {right} right, worst class {worst}, {alike} alike.", { ...values, worst: percent(worst) });
  }

  summary(series) {
    const shown = { names: series.map((one) => one.name).join("; ") || t("only what is set now") };
    if (this.which === "reconstruction") return t("Accuracy by the model's own classifier against cosine. The more varied the pictures, the fewer are right. Shown: {names}.", shown);
    return t("Accuracy by a classifier of real pictures against cosine. The more varied the pictures, the fewer are right. Shown: {names}.", shown);
  }
}

function keyed(...children) {
  return s("svg", { viewBox: "-12 -8 24 16", width: 24, height: 16, "aria-hidden": "true" }, ...children);
}
