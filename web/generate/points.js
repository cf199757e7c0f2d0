// The chart's points as buttons: one stop for Tab, arrow keys from point to point, Enter or a press loads it.

import { t } from "../engine/language.js";
import { h } from "../ui/dom.js";

const NEAR = 22; // px around a point in which a press means it

export class Points {
  /** @param {(point: object) => void} load @param {(point: object|null) => void} tell what is pointed at */
  constructor(load, tell) {
    this.load = load;
    this.tell = tell;
    /** @type {any[]} each with its point and its place in the series */
    this.buttons = [];
    /** @type {any} */
    this.over = null;
    this.element = h("div", { class: "curve-points", role: "group", "aria-label": t("Points of the chart: arrow keys move between them") });
    this.element.onkeydown = (event) => this.key(event);
    this.element.onpointermove = (event) => this.hover(this.nearest(event));
    this.element.onpointerleave = () => this.hover(null);
    this.element.onclick = (event) => {
      const target = /** @type {any} */ (event.target);
      const near = event.detail ? this.nearest(event) : target.point && target;
      if (near?.point.load) this.load(near.point.load);
    };
  }

  /** @param {object[]} series @param {(point: object) => {x: number, y: number}} place in per cent @param {(point: object) => string} words */
  show(series, place, words) {
    const focused = this.buttons.some((button) => button.matches(":focus"));
    this.buttons = series.flatMap((one, line) =>
      one.points.map((point, i) => {
        const { x, y } = place(point);
        const name = words(point);
        const button = h("button", { type: "button", tabindex: "-1", "aria-label": point.load ? `${name} ${t("Load it.")}` : name, "aria-disabled": point.load ? false : "true", style: `left:${x}%;top:${y}%` });
        Object.assign(button, { point, line, i, onfocus: () => this.stand(button) });
        return button;
      }),
    );
    this.element.replaceChildren(...this.buttons);
    if (!this.buttons.length) return;
    this.buttons[0].tabIndex = 0;
    if (focused) this.buttons[0].focus();
  }

  stand(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
    this.tell(button.point);
  }

  hover(button) {
    if (button === this.over) return;
    this.over?.classList.remove("curve-over");
    this.over = button;
    button?.classList.add("curve-over");
    this.tell(button?.point ?? this.buttons.find((one) => one.matches(":focus"))?.point ?? null);
  }

  nearest({ clientX, clientY }) {
    const box = this.element.getBoundingClientRect();
    let best = null;
    let least = NEAR;
    for (const button of this.buttons) {
      const away = Math.hypot(box.left + (box.width * parseFloat(button.style.left)) / 100 - clientX, box.top + (box.height * parseFloat(button.style.top)) / 100 - clientY);
      if (away < least) [best, least] = [button, away];
    }
    return best;
  }

  key(event) {
    const from = event.target;
    if (!from.point) return;
    const next = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!next) return;
    event.preventDefault();
    const [line, i] = next;
    if (i) this.buttons.find((one) => one.line === from.line && one.i === from.i + i)?.focus();
    else {
      const row = this.buttons.filter((one) => one.line === from.line + line);
      row[Math.min(from.i, row.length - 1)]?.focus();
    }
  }
}
