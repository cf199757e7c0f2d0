// Blends and their evidence in words; what Python says too is worded alike in latent_core/evidence/sentences.py.
// Names are given as they are shown.

import { decimals, many, t } from "./language.js";

/**
 * "3", "3 and 8", "3, 8 and 0"; more than `most` names end in "and 6 more".
 * @param {string[]} names
 */
export function list(names, most = 5) {
  const comma = t(", ##between the names of a list");
  if (names.length > most) return t("{names} and {more} more", { names: names.slice(0, most - 1).join(comma), more: names.length - most + 1 });
  if (names.length < 2) return names.join("");
  return t("{names} and {last}", { names: names.slice(0, -1).join(comma), last: names[names.length - 1] });
}

/** A share 0..1 as whole percent; "under 1 %" for a trace. @param {number} share */
export function percent(share) {
  if (share > 0 && share < 0.005) return t("under 1 %");
  return t("{share} %", { share: Math.round(share * 100) });
}

/**
 * What is mixed, in words: "3", "3 and 8, half each", "60 % 3 and 40 % 8".
 * @param {string[]} names of the chosen classes
 * @param {number[]} shares of the same length, sum 1
 */
export function mixture(names, shares) {
  const used = names.map((name, i) => ({ name, share: shares[i] })).filter((part) => part.share > 0);
  if (used.length === 1) return used[0].name;
  const equal = used.every((part) => Math.abs(part.share - used[0].share) < 1e-6);
  const all = list(used.map((part) => part.name));
  if (equal) return used.length === 2 ? t("{names}, half each", { names: all }) : t("{names}, equal parts", { names: all });
  used.sort((a, b) => b.share - a.share);
  return list(used.map((part) => t("{percent} {name}", { percent: percent(part.share), name: part.name })));
}

/** Whether a name is a mere sign, as "8" or "ab". @param {string} name */
const isSign = (name) => [...name].length < 3;

/**
 * What the judge finds, in one to three sentences: "A judge network finds 2 of 4: 0 and 3. 1 and 7 are hard to find. Give
 * them more weight."
 * @param {string[]} names of the classes in the blend that the judge knows
 * @param {string[]} seen those of them that are in the picture
 * @param {string[]} faint those of them with little evidence
 * @param {boolean} evenable whether Even out can be pressed, and was not pressed just now
 */
export function verdict(names, seen, faint, evenable) {
  const missing = names.filter((name) => !seen.includes(name));
  const said = [found(names.length, seen, faint)];
  if (missing.length) said.push(many(missing.length, "{names} is hard to find.", "{names} are hard to find.", { names: list(missing) }));
  if (missing.length && names.length > 1) said.push(cure(missing.length, seen.length > 0, evenable));
  return said.join(" ");
}

/** What helps to find those that are missing. @param {number} missing @param {boolean} some are found @param {boolean} evenable */
function cure(missing, some, evenable) {
  if (!some) return evenable ? t("Choose fewer classes, or press Even out.") : t("Choose fewer classes.");
  return evenable
    ? many(missing, "Give it more weight, or press Even out.", "Give them more weight, or press Even out.")
    : many(missing, "Give it more weight.", "Give them more weight.");
}

/**
 * How many of n are found, and who, the clear ones first.
 * @param {number} n
 * @param {string[]} seen
 * @param {string[]} faint
 */
function found(n, seen, faint) {
  const most = seen.every(isSign) ? 12 : 5;
  const counts = { k: seen.length, all: n };
  if (!seen.length) return t("A judge network finds {k} of {all}.", counts);
  if (!faint.length) return t("A judge network finds {k} of {all}: {names}.", { ...counts, names: list(seen, most) });
  if (faint.length === seen.length) return t("A judge network finds {k} of {all}, faintly: {names}.", { ...counts, names: list(seen, most) });
  const clear = list(seen.filter((name) => !faint.includes(name)), most);
  return t("A judge network finds {k} of {all}: {clear} clearly, {faint} faintly.", { ...counts, clear, faint: list(faint, most) });
}

/** Bits from which a class is clearly in a picture; below minus that it is not in it. */
export const CLEAR = 2;
const [SHARP, SOFT, GREY] = [60, 30, 15]; // sharpness in hundredths from which a picture is sharp, soft, more than a grey cloud
const TIMES = [t("three"), t("four"), t("five"), t("six"), t("seven"), t("eight"), t("nine"), t("ten")];

/**
 * What one picture of a comparison shows: its title, how many of the chosen classes the judge finds, and its sharpness.
 * @typedef {{title: string, count: number, sharpness: number}} Shown
 */

/** Sharpness as it is printed, so that no word contradicts a figure. @param {{sharpness: number}} one */
const hundredths = ({ sharpness }) => Math.floor(100 * sharpness + 0.5);

/** Sharpness in a word. @param {number} sharpness */
export function lookWord(sharpness) {
  const shown = hundredths({ sharpness });
  if (shown >= SHARP) return t("sharp");
  return shown >= SOFT ? t("soft") : shown >= GREY ? t("blurred") : t("grey");
}

/**
 * How the blend stands beside the other pictures, by both axes: what they show of n classes, and how sharply. "The plain
 * average shows more (18 of 20), as a grey cloud; the blend shows 15, three times as sharp."
 * @param {number} n
 * @param {Shown[]} pictures the blend first; "" where it is alone, or where nothing is judged
 */
export function comparison(n, pictures) {
  if (!n || pictures.length < 2) return "";
  const [blend, ...others] = pictures;
  /** @type {Map<string, Shown[]>} by what they show beside the blend, then by how sharply */
  const groups = new Map();
  for (const one of others) {
    const evidence = one.count > blend.count ? 0 : one.count === blend.count ? 1 : 2;
    const key = `${evidence}${lookBeside(one, blend)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const keys = [...groups.keys()].sort();
  const clauses = (/** @type {(key: string) => boolean} */ which) => keys.filter(which).map((key) => clause(groups.get(key) ?? [], key, n));
  const more = clauses((key) => key[0] === "0");
  const rest = clauses((key) => key[0] !== "0");
  if (more.length) {
    const best = Math.max(...others.filter(({ count }) => count > blend.count).map(hundredths));
    more.push(t("the blend shows {count}, {look}", { count: blend.count, look: ratio(hundredths(blend), best) }));
  }
  return [more, rest].filter((said) => said.length).map((said) => `${capital(said.join("; "))}.`).join(" ");
}

/**
 * Where all classes of a dataset are chosen: whether one picture can show them, and what each of these does.
 * @param {number} n
 * @param {string} noun what the classes are ("digits")
 * @param {Shown[]} pictures as in `comparison`, at least one
 */
export function answer(n, noun, pictures) {
  const best = Math.max(...pictures.map(({ count }) => count));
  const sharpest = Math.max(...pictures.filter(({ count }) => count === best).map(hundredths));
  const look = sharpest >= SHARP ? 0 : sharpest >= SOFT ? 1 : 2;
  const word = best === n
    ? [t("Yes."), t("Yes, though softly."), t("Yes, but not sharply.")][look]
    : 4 * best >= 3 * n ? [t("Nearly."), t("Nearly, though softly."), t("Nearly, and not sharply.")][look] : t("No.");
  return `${t("Can one picture show {all} {noun}?", { all: n, noun })} ${word} ${comparison(n, pictures)}`.trimEnd();
}

/**
 * What the remove-one test says of a picture of n classes.
 * @param {number} n
 * @param {number} lower how many score lower without their share
 * @param {number} found how many of these the judge finds
 */
export function removal(n, lower, found) {
  const counts = { lower, all: n };
  if (lower === n) {
    return found === lower
      ? t("Remove-one test: taking any one of the {all} out lowers its own score ({lower} of {all}).", counts)
      : many(
        found,
        "Remove-one test: taking any one of the {all} out lowers its own score ({lower} of {all}); {n} of these scores above 0 as well, and only those count as found.",
        "Remove-one test: taking any one of the {all} out lowers its own score ({lower} of {all}); {n} of these score above 0 as well, and only those count as found.",
        counts,
      );
  }
  return found === lower
    ? t("Remove-one test: taking one out lowers its own score for {lower} of {all}.", counts)
    : many(
      found,
      "Remove-one test: taking one out lowers its own score for {lower} of {all}; {n} of these scores above 0 as well, and only those count as found.",
      "Remove-one test: taking one out lowers its own score for {lower} of {all}; {n} of these score above 0 as well, and only those count as found.",
      counts,
    );
}

/** 0 sharper than the blend, 1 about as sharp, 2 less sharp, 3 a grey cloud beside it. @param {Shown} one @param {Shown} blend */
function lookBeside(one, blend) {
  const [a, b] = [hundredths(one), hundredths(blend)];
  if (10 * Math.max(a, b) <= 11 * Math.min(a, b)) return 1;
  if (a > b) return 0;
  return a < GREY && b >= GREY ? 3 : 2;
}

/** The pictures as a sentence names them. @type {Record<string, string>} */
const SUBJECTS = {
  "Centre of mass": t("the centre of mass"),
  "Eigen-image": t("the eigen-image"),
  "Plain average": t("the plain average"),
};

/** @param {Shown[]} group @param {string} key @param {number} n */
function clause(group, key, n) {
  const counts = list([...new Set(group.map(({ count }) => count))].sort((a, b) => b - a).map(String));
  const shown = [t("more ({counts} of {all})", { counts, all: n }), t("as many"), t("fewer ({counts})", { counts })][Number(key[0])];
  const look = [t("more sharply"), t("about as sharply"), t("less sharply"), many(group.length, "as a grey cloud", "as grey clouds")][Number(key[1])];
  const names = list(group.map(({ title }) => SUBJECTS[title] ?? title));
  return many(group.length, "{names} shows {shown}, {look}", "{names} show {shown}, {look}", { names, shown, look });
}

/** How sharp something is beside another, from their hundredths. @param {number} own @param {number} other */
function ratio(own, other) {
  if (10 * Math.max(own, other) <= 11 * Math.min(own, other)) return t("about as sharp");
  if (own < other) return t("less sharp");
  if (!other || 4 * own < 7 * other) return t("sharper");
  const times = Math.floor((2 * own + other) / (2 * other));
  return times === 2 ? t("twice as sharp") : t("{times} times as sharp", { times: TIMES[times - 3] ?? times });
}

/** @param {string} text */
function capital(text) {
  const [first, ...rest] = text;
  return first.toUpperCase() + rest.join("");
}

/** What a blend became instead of what it is made of. @param {string} name */
export const turnedInto = (name) => t("It turned into {name}.", { name });

/**
 * Why nothing is said about groups; "" without any.
 * @param {string[]} groups
 */
export function notJudged(groups) {
  if (!groups.length) return "";
  return many(
    groups.length,
    "{names} is not judged: the judge knows the dataset's own classes only.",
    "{names} are not judged: the judge knows the dataset's own classes only.",
    { names: list(groups) },
  );
}

/** Bits with their sign: "+2.1", "-0.4", near 0 with as many digits as it takes, "+0.03"; "0" is exactly that. @param {number} bits */
export function signed(bits) {
  if (!Number.isFinite(bits)) return "?";
  if (bits === 0) return "0";
  const size = Math.abs(bits);
  const digits = [1, 2, 3].find((some) => Number(size.toFixed(some)));
  return `${bits > 0 ? "+" : "-"}${decimals(size, digits ?? 3)}`;
}

/** Whether a class is in a picture, in words and as a sign; it is found where the sign is a tick. */
const STANDINGS = {
  clear: { sign: "✓", word: t("in it"), short: t("in it") },
  faint: { sign: "✓", word: t("faintly in it"), short: t("faint") },
  unsure: { sign: "?", word: t("unsure"), short: t("unsure") },
  out: { sign: "✕", word: t("not in it"), short: t("not in it") },
};

/**
 * How a class stands to a picture.
 * @param {number} bits
 * @param {number} [lost] leave-one-out in bits, where that counts too
 */
export function standing(bits, lost = 1) {
  if (bits > 0 && lost > 0) return STANDINGS[bits >= CLEAR ? "clear" : "faint"];
  return STANDINGS[bits > -CLEAR ? "unsure" : "out"];
}

/** Bits in words: "in it, +2.1 bits". @param {number} bits @param {number} [lost] as in `standing` */
export function bitsWords(bits, lost = 1) {
  const text = signed(bits);
  if (text === "?") return t("no figure: the judge could not read this picture");
  return t("{standing}, {bits} bits", { standing: standing(bits, lost).word, bits: text });
}

/**
 * What taking a class out of the blend does to its own evidence, in words.
 * @param {string} name
 * @param {number} before bits with it
 * @param {number} after bits without it
 */
export function lostWords(name, before, after) {
  const change = Number((before - after).toFixed(1));
  const values = { name, before: signed(before), after: signed(after), bits: decimals(change, 1) };
  if (change > 0) return t("Without {name} its evidence falls from {before} to {after} bits: its share brings {bits} bits.", values);
  if (change < 0) return t("Without {name} its evidence rises from {before} to {after} bits: its share does not help it.", values);
  return t("Without {name} its evidence stays at {after} bits: its share leaves no trace.", values);
}
