// What the chart shows: curves of families, reference points, searched settings and the paper's, as one plain list.

import { colourOf, symbolOf } from "../ui/colours.js";
import { inLegend, printedName } from "./paper.js";

/** Whose accuracy: the reconstruction classifier's, or that of the classifier that was trained on real pictures. @typedef {"reconstruction"|"classifier"} Which */

/** What a model's curves call them. */
const IN_FILE = { reconstruction: "own", classifier: "judge" };

/**
 * Series of points [{name, symbol, colour, line, points: [{cosine, accuracy, label, load}]}].
 * @param {import("../engine/props.js").GenerateProps} props
 * @param {object|null} curves of the model
 * @param {Which} which
 * @param {{title: string, curves: object}|null} other another model to lay over
 */
export function seriesOf(props, curves, which, other) {
  const all = curves ? [...families(props, curves, which, ""), ...searched(curves, which), ...references(curves, which)] : [];
  if (which === "reconstruction") all.push(...paper(props));
  if (other) all.push(...families(props, other.curves, which, other.title));
  return all;
}

function families(props, curves, which, title) {
  return curves.families.map((one) => {
    const at = props.families.findIndex(({ family }) => family.name === one.family);
    const name = `${title ? `${title}: ` : ""}${props.families[at]?.family.title ?? one.family}${one.tau === null ? "" : `, filtered at ${one.tau}`}`;
    const points = one.scale.map((scale, i) => ({
      cosine: one.cosine[i],
      accuracy: one[IN_FILE[which]][i],
      worst: one[`${IN_FILE[which]}_worst`][i],
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
    accuracy: one[IN_FILE[which]],
    worst: one[`${IN_FILE[which]}_worst`],
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
    points: [{ cosine: one.cosine, accuracy: one[IN_FILE[which]], label: capital(one.what), load: null }],
  }));
}

/** Table 4 as the paper prints it, its rows by number. */
function paper({ paper: table }) {
  if (!table) return [];
  const points = table.printed.map((row, i) => {
    const { cosine, accuracy, theta, n } = row;
    const load = theta === null ? null : { family: table.family, tau: null, theta, pattern: "", n };
    return { cosine, accuracy, mark: String(i + 1), label: `As printed in the paper: ${printedName(row)}`, load };
  });
  return [{ name: `The paper's Table 4, as printed: ${table.printed.map(inLegend).join("; ")}`, colour: colourOf(8), symbol: "cross", points }];
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
