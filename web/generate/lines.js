// What the chart shows: curves of families, reference points, searched settings and the paper's, as one plain list.

import { colourOf, symbolOf } from "../ui/colours.js";

/**
 * Series of points [{name, symbol, colour, line, points: [{cosine, accuracy, label, load}]}].
 * @param {object} spec the page's data
 * @param {object|null} curves of the model, from its curves.json
 * @param {"own"|"judge"} which accuracy
 * @param {{title: string, curves: object}|null} other another model to lay over
 */
export function seriesOf(spec, curves, which, other) {
  const all = curves ? [...families(spec, curves, which, ""), ...searched(curves, which), ...references(curves, which)] : [];
  if (which === "own") all.push(...paper(spec));
  if (other) all.push(...families(spec, other.curves, which, other.title));
  return all;
}

function families(spec, curves, which, title) {
  return curves.families.map((one) => {
    const at = spec.families.findIndex(({ name }) => name === one.family);
    const name = `${title ? `${title}: ` : ""}${spec.families[at]?.title ?? one.family}${one.tau === null ? "" : `, filtered at ${one.tau}`}`;
    const points = one.scale.map((scale, i) => ({
      cosine: one.cosine[i],
      accuracy: one[which][i],
      worst: one[`${which}_worst`][i],
      label: `${name}, theta ${scale}`,
      load: title ? null : { family: one.family, tau: one.tau, theta: scale, pattern: "", n: 1 },
    }));
    return { name, colour: colourOf([5, 1, 2][at] ?? 4), symbol: symbolOf(one.tau === null ? 0 : 10), line: title ? "dashed" : one.tau === null ? "solid" : "dotted", faint: Boolean(title), points };
  });
}

function searched(curves, which) {
  if (!curves.searched?.length) return [];
  const points = curves.searched.map((one) => ({
    cosine: one.cosine,
    accuracy: one[which],
    worst: one[`${which}_worst`],
    label: `${one.name}, searched`,
    load: { family: one.family, tau: one.tau ?? null, thetas: one.theta, n: 1 },
  }));
  return [{ name: "Searched", colour: colourOf(3), symbol: "diamond", points }];
}

function references(curves, which) {
  return curves.references.map((one, i) => ({
    name: capital(one.what),
    colour: "currentColor",
    symbol: i ? "triangle" : "square",
    points: [{ cosine: one.cosine, accuracy: one[which], label: capital(one.what), load: null }],
  }));
}

/** Table 4 as the paper prints it. */
function paper(spec) {
  if (!spec.paper.length) return [];
  const points = spec.paper.map(({ model, form, cosine, accuracy, theta, n }) => {
    const setting = theta === null ? capital(form) : `${capital(form)}, theta ${theta}, n ${n}`;
    return { cosine, accuracy, label: `As printed in the paper: ${model}, ${setting}`, load: theta === null ? null : { family: "diagonal", tau: null, theta, pattern: "", n } };
  });
  return [{ name: "The paper's Table 4, as printed", colour: colourOf(8), symbol: "cross", points }];
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
