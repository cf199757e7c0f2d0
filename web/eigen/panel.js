// What the page's sections are made of: a heading with a place for a problem, and pictures with captions.

import { blendable } from "../engine/names.js";
import { h, say } from "../ui/dom.js";

/** @typedef {ReturnType<typeof panel>} Panel */
/** @typedef {ReturnType<typeof figure>} Figure */

/**
 * A section with a heading; `complain` shows one sentence in it, or none.
 * @param {string} title
 * @param {string} name of its style
 * @param {...Node} children
 */
export function panel(title, name, ...children) {
  const heading = h("h2", {}, title);
  const problem = h("p", { class: "eigen-problem", role: "alert", hidden: true });
  const element = h("section", { class: `eigen-panel ${name}`, "aria-label": title }, heading, problem, ...children);
  const complain = (/** @type {string} */ sentence) => {
    problem.hidden = !sentence;
    say(problem, sentence);
  };
  return { element, heading, complain };
}

/** A picture with a caption. @param {string} label */
export function figure(label) {
  const canvas = h("canvas", { role: "img", "aria-label": label, width: 1, height: 1 });
  const caption = h("figcaption");
  return { element: h("figure", {}, canvas, caption), canvas, caption };
}

/** Decoder input that uses the first k of `latent` dimensions. @param {number} k @param {number} latent */
export function firstOf(k, latent) {
  return { data: new Float32Array(latent).fill(1, 0, k), dims: [latent] };
}

/**
 * Row of each name among the dataset's classes and, after them, the visitor's groups.
 * @param {string[]} names
 * @param {import("../engine/props.js").EigenProps} data
 */
export function rowsOf(names, { dataset, groups }) {
  const all = blendable({ dataset, groups });
  return names.map((name) => all.indexOf(name));
}
