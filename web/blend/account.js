// The account of a view in words and figures: who is seen, what is missing, what the blend turned into.

import { baselineOf, becameOf, seenOf } from "../engine/evidence.js";
import { lostWords, signed, turnedInto, unjudged, verdict } from "../engine/sentences.js";

const PARTS = ["blend", "centre", "eigen", "plain"];

/** Puts a view's figures on the board; called in every frame, so it only compares and writes. */
export function show(board, view) {
  const { studio, judged } = view;
  const { judge, classes } = studio.props.dataset;
  for (const part of PARTS) {
    if (!view.bits[part]) continue;
    const count = view.lost && !view.lost.of(part) ? "" : `${seenIn(view, part).length} of ${judged.length}`;
    board.pictures.rate(part, judged.length ? count : "", view.sharpness[part]);
    if (part === "blend") board.who.sum(count, headline(view), note(view));
  }
  const waits = new Set(view.jobs.map(({ name }) => name));
  board.pictures.lag(Object.fromEntries(PARTS.map((part) => [part, waits.has(part) || waits.has(`without ${part}`) || (part !== "blend" && waits.has("rates"))])));
  board.who.lag(waits.has("without blend"));
  if (!view.bits.blend) return;
  const became = judged.length ? becameOf(view.bits.blend, judged) : null;
  board.pictures.became(became === null ? "" : classes[became]);
  board.who.show(view.bits.blend, view.lost?.of("blend"), baselineOf(judge.baseline, judged.length));
}

/** The sentence about a view at rest, "" where nothing is judged. */
export function sentence(view, evenable) {
  const { classes } = view.studio.props.dataset;
  if (!view.bits.blend || !view.judged.length) return "";
  const name = (row) => classes[row];
  const became = becameOf(view.bits.blend, view.judged);
  const said = verdict(view.judged.map(name), seenIn(view, "blend").map(name), evenable);
  return became === null ? said : `${said} ${turnedInto(name(became))}`;
}

/** Shows the blend without a class, and what that does to its evidence; null uncovers the blend. */
export async function takeOut(board, view, mix, index) {
  const { studio, values } = view;
  const name = index === null ? "" : mix.classes[index];
  const place = values.rows.indexOf(index);
  if (index === null || place < 0 || values.rows.length < 2) {
    board.pictures.cover("", null);
    if (index === null) return;
    board.who.tellLost(place < 0 ? `${name} has no share, so taking it out changes nothing.` : `Without ${name} nothing would be left.`);
    return;
  }
  const picture = await studio.without("blend", values, [place]);
  const bits = view.bits.blend && (await studio.bits(picture, 1));
  const { shape } = studio.props.dataset;
  board.pictures.cover(name, picture, shape);
  if (bits) board.who.tellLost(lostWords(name, view.bits.blend[index], bits[index]), picture, shape);
}

function seenIn(view, part) {
  return seenOf(view.bits[part], view.judged, view.lost?.of(part));
}

function headline(view) {
  const lost = view.lost?.of("blend");
  if (!view.lost) return "";
  if (!lost) return "Remove-one test: being measured";
  const missed = view.judged.filter((row) => lost[row] > 0).length;
  return `Remove-one test: ${missed} of ${view.judged.length} are missed when they are taken out`;
}

function note({ studio, judged, values, lost }) {
  const { classes, judge } = studio.props.dataset;
  const groups = values.rows.filter((row) => row >= classes.length).map((row) => studio.props.groups[row - classes.length].name);
  const said = [];
  const baseline = baselineOf(judge.baseline, judged.length);
  if (baseline !== null && judged.length) said.push(`Dashed line: what classes outside such a blend get, ${signed(baseline)} bits on average.`);
  if (lost) said.push("Thin bar: what a class's own share brings.");
  if (groups.length) said.push(unjudged(groups));
  return said.join(" ");
}
