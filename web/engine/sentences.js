// Blends and their evidence in words; what Python says too is worded alike in latent_core/evidence/sentences.py.

/**
 * "3", "3 and 8", "3, 8 and 0"; more than `most` names end in "and 6 more".
 * @param {string[]} names
 */
export function list(names, most = 5) {
  if (names.length > most) return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A share 0..1 as whole percent; "under 1 %" for a trace. @param {number} share */
export function percent(share) {
  if (share > 0 && share < 0.005) return "under 1 %";
  return `${Math.round(share * 100)} %`;
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
  if (equal && used.length === 2) return `${list([used[0].name, used[1].name])}, half each`;
  if (equal) return `${list(used.map((part) => part.name))}, equal parts`;
  used.sort((a, b) => b.share - a.share);
  return list(used.map((part) => `${percent(part.share)} ${part.name}`));
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
  const said = `A judge network finds ${seen.length} of ${names.length}${found(seen, faint)}.`;
  const missing = names.filter((name) => !seen.includes(name));
  if (!missing.length) return said;
  const one = missing.length === 1;
  const hard = `${said} ${list(missing)} ${one ? "is" : "are"} hard to find.`;
  if (names.length < 2) return hard;
  const cure = seen.length ? `Give ${one ? "it" : "them"} more weight` : "Choose fewer classes";
  return `${hard} ${cure}${evenable ? ", or press Even out" : ""}.`;
}

/**
 * Who is found, the clear ones first: ": 0 and 3", ", faintly: 0 and 3", ": 0 clearly, 3 faintly".
 * @param {string[]} seen
 * @param {string[]} faint
 */
function found(seen, faint) {
  const most = seen.every(isSign) ? 12 : 5;
  if (!seen.length) return "";
  if (!faint.length) return `: ${list(seen, most)}`;
  if (faint.length === seen.length) return `, faintly: ${list(seen, most)}`;
  return `: ${list(seen.filter((name) => !faint.includes(name)), most)} clearly, ${list(faint, most)} faintly`;
}

/** Bits from which a class is clearly in a picture; below minus that it is not in it. */
export const CLEAR = 2;
const [SHARP, SOFT, GREY] = [60, 30, 15]; // sharpness in hundredths from which a picture is sharp, soft, more than a grey cloud
const COUNTED = "zero one twice three four five six seven eight nine ten".split(" ");

/**
 * What one picture of a comparison shows: its title, how many of the chosen classes the judge finds, and its sharpness.
 * @typedef {{title: string, count: number, sharpness: number}} Shown
 */

/** Sharpness as it is printed, so that no word contradicts a figure. @param {{sharpness: number}} one */
const hundredths = ({ sharpness }) => Math.floor(100 * sharpness + 0.5);

/** Sharpness in a word. @param {number} sharpness */
export function lookWord(sharpness) {
  const shown = hundredths({ sharpness });
  if (shown >= SHARP) return "sharp";
  return shown >= SOFT ? "soft" : shown >= GREY ? "blurred" : "grey";
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
    more.push(`the blend shows ${blend.count}, ${ratio(hundredths(blend), best)}`);
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
  const softly = sharpest >= SHARP ? "" : sharpest >= SOFT ? ", though softly" : ", but not sharply";
  const word = best === n ? `Yes${softly}` : 4 * best >= 3 * n ? `Nearly${softly.replace("but", "and")}` : "No";
  return `Can one picture show ${n} ${noun}? ${word}. ${comparison(n, pictures)}`.trimEnd();
}

/**
 * What the remove-one test says of a picture of n classes.
 * @param {number} n
 * @param {number} lower how many score lower without their share
 * @param {number} found how many of these the judge finds
 */
export function removal(n, lower, found) {
  const said = lower < n
    ? `Remove-one test: taking one out lowers its own score for ${lower} of ${n}`
    : `Remove-one test: taking any one of the ${n} out lowers its own score (${lower} of ${n})`;
  if (found === lower) return `${said}.`;
  return `${said}; ${found} of these ${found === 1 ? "scores" : "score"} above 0 as well, and only those count as found.`;
}

/** 0 sharper than the blend, 1 about as sharp, 2 less sharp, 3 a grey cloud beside it. @param {Shown} one @param {Shown} blend */
function lookBeside(one, blend) {
  const [a, b] = [hundredths(one), hundredths(blend)];
  if (10 * Math.max(a, b) <= 11 * Math.min(a, b)) return 1;
  if (a > b) return 0;
  return a < GREY && b >= GREY ? 3 : 2;
}

/** @param {Shown[]} group @param {string} key @param {number} n */
function clause(group, key, n) {
  const many = group.length > 1;
  const counts = list([...new Set(group.map(({ count }) => count))].sort((a, b) => b - a).map(String));
  const shows = [`more (${counts} of ${n})`, "as many", `fewer (${counts})`][Number(key[0])];
  const looks = ["more sharply", "about as sharply", "less sharply", many ? "as grey clouds" : "as a grey cloud"][Number(key[1])];
  const names = list(group.map(({ title }) => `the ${title[0].toLowerCase()}${title.slice(1)}`));
  return `${names} show${many ? "" : "s"} ${shows}, ${looks}`;
}

/** How sharp something is beside another, from their hundredths. @param {number} own @param {number} other */
function ratio(own, other) {
  if (10 * Math.max(own, other) <= 11 * Math.min(own, other)) return "about as sharp";
  if (own < other) return "less sharp";
  if (!other || 4 * own < 7 * other) return "sharper";
  const times = Math.floor((2 * own + other) / (2 * other));
  return times === 2 ? "twice as sharp" : `${COUNTED[times] ?? times} times as sharp`;
}

/** @param {string} text */
function capital(text) {
  const [first, ...rest] = text;
  return first.toUpperCase() + rest.join("");
}

/** What a blend became instead of what it is made of. @param {string} name */
export const turnedInto = (name) => `It turned into ${name}.`;

/**
 * Why nothing is said about groups; "" without any.
 * @param {string[]} groups
 */
export function notJudged(groups) {
  if (!groups.length) return "";
  return `${list(groups)} ${groups.length > 1 ? "are" : "is"} not judged: the judge knows the dataset's own classes only.`;
}

/** Bits with their sign: "+2.1", "-0.4", near 0 with as many digits as it takes, "+0.03"; "0" is exactly that. @param {number} bits */
export function signed(bits) {
  if (!Number.isFinite(bits)) return "?";
  if (bits === 0) return "0";
  const size = [1, 2, 3].map((digits) => Math.abs(bits).toFixed(digits)).find((text) => Number(text)) ?? "0.000";
  return `${bits > 0 ? "+" : "-"}${size}`;
}

/** Whether a class is in a picture, in words and as a sign; it is found where the sign is a tick. */
const STANDINGS = {
  clear: { sign: "✓", word: "in it", short: "in it" },
  faint: { sign: "✓", word: "faintly in it", short: "faint" },
  unsure: { sign: "?", word: "unsure", short: "unsure" },
  out: { sign: "✕", word: "not in it", short: "not in it" },
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
  if (text === "?") return "no figure: the judge could not read this picture";
  return `${standing(bits, lost).word}, ${text} bits`;
}

/**
 * What taking a class out of the blend does to its own evidence, in words.
 * @param {string} name
 * @param {number} before bits with it
 * @param {number} after bits without it
 */
export function lostWords(name, before, after) {
  const change = (before - after).toFixed(1);
  const from = `from ${signed(before)} to ${signed(after)} bits`;
  if (Number(change) > 0) return `Without ${name} its evidence falls ${from}: its share brings ${change} bits.`;
  if (Number(change) < 0) return `Without ${name} its evidence rises ${from}: its share does not help it.`;
  return `Without ${name} its evidence stays at ${signed(after)} bits: its share leaves no trace.`;
}
