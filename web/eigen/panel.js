// What the sections of the page share: a heading, a place for a problem, pictures with captions.

import { h, say } from "../ui/dom.js";

/** A section with a heading; `complain` shows one sentence in it, or none. */
export class Panel {
  constructor(title, name) {
    this.problem = h("p", { class: "problem", role: "alert", hidden: true });
    this.element = h("section", { class: `panel ${name}`, "aria-label": title }, h("h2", {}, title), this.problem);
  }

  complain(sentence) {
    this.problem.hidden = !sentence;
    say(this.problem, sentence);
  }
}

/** A picture with a caption: {element, canvas, caption}. */
export function figure(label) {
  const canvas = h("canvas", { role: "img", "aria-label": label, width: 1, height: 1 });
  const caption = h("figcaption");
  return { element: h("figure", {}, canvas, caption), canvas, caption };
}

/** Decoder input that keeps the first k of `latent` dimensions. */
export function keeping(k, latent) {
  return { data: new Float32Array(latent).fill(1, 0, k), dims: [latent] };
}

/** An error a pixel with four decimals. */
export const short = (error) => error.toFixed(4);

/** Row of each name among the classes and, after them, the visitor's groups. */
export function rowsOf(names, { classes, groups }) {
  const all = [...classes, ...groups.map((group) => group.name)];
  return names.map((name) => all.indexOf(name));
}
