// What the chart shows: curves of families, reference points, searched settings and the paper's, as one plain list.

import { t, written } from "../engine/language.js";
import { colourOf, symbolOf } from "../ui/colours.js";
import { inLegend, printedName } from "./paper.js";

/** Whose accuracy: the reconstruction classifier's, or that of the classifier that was trained on real pictures. @typedef {"reconstruction"|"classifier"} Which */

/** What a model's curves call them. */
const IN_FILE = { reconstruction: "own", classifier: "judge" };
/** What a model's file of curves names in English. */
const REFERENCES = { "real test pictures": t("Real test pictures"), "reconstructions of test pictures": t("Reconstructions of test pictures") };
const SEARCHED = { "Full covariance": t("Full covariance"), "Mixture": t("Mixture"), "Mixture, Medium2": t("Mixture, Medium2"), "Mixture and filter": t("Mixture and filter") };

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
    const family = `${title ? `${title}: ` : ""}${props.families[at]?.family.title ?? one.family}`;
    const name = one.tau === null ? family : t("{family}, filtered at {tau}", { family, tau: written(one.tau) });
    const points = one.scale.map((scale, i) => ({
      cosine: one.cosine[i],
      accuracy: one[IN_FILE[which]][i],
      worst: one[`${IN_FILE[which]}_worst`][i],
      label: t("{name}, theta {theta}", { name, theta: written(scale) }),
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
    label: t("{name}, searched", { name: SEARCHED[one.name] ?? one.name }),
    load: { family: one.family, tau: one.tau ?? null, thetas: one.theta, n: 1 },
  }));
  return [{ name: t("Searched"), colour: colourOf(3), symbol: "diamond", points }];
}

function references(curves, which) {
  return curves.references.map((one, i) => ({
    name: REFERENCES[one.what] ?? capital(one.what),
    colour: "currentColor",
    symbol: i ? "triangle" : "square",
    points: [{ cosine: one.cosine, accuracy: one[IN_FILE[which]], label: REFERENCES[one.what] ?? capital(one.what), load: null }],
  }));
}

/** Table 4 as the paper prints it, its rows by number. */
function paper({ paper: table }) {
  if (!table) return [];
  const points = table.printed.map((row, i) => {
    const { cosine, accuracy, theta, n } = row;
    const load = theta === null ? null : { family: table.family, tau: null, theta, pattern: "", n };
    return { cosine, accuracy, mark: String(i + 1), label: t("As printed in the paper: {row}", { row: printedName(row) }), load };
  });
  return [{ name: t("The paper's Table 4, as printed: {rows}", { rows: table.printed.map(inLegend).join("; ") }), colour: colourOf(8), symbol: "cross", points }];
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
