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

/** "the 1" for names that are mere signs, and the name itself for words. @param {string} name */
const called = (name) => (isSign(name) ? `the ${name}` : name);

/**
 * What can be seen, in one or two sentences: "You can see 3 of 5: 0, 3 and 8. The 1 and the 7 are missing: ...".
 * @param {string[]} names of the classes in the blend that the judge knows
 * @param {string[]} seen those of them that are in the picture
 * @param {boolean} evenable whether Even out can be pressed
 */
export function verdict(names, seen, evenable) {
  const missing = names.filter((name) => !seen.includes(name));
  const found = `You can see ${seen.length} of ${names.length}`;
  const first = seen.length ? `${found}: ${list(seen, seen.every(isSign) ? 12 : 5)}.` : `${found}.`;
  if (!missing.length) return first;
  const which = capital(list(missing.map(called)));
  const one = missing.length === 1;
  const cure = `give ${one ? "it" : "them"} more${evenable ? ", or press Even out" : ""}`;
  return `${first} ${which} ${one ? "is" : "are"} missing${names.length > 1 ? `: ${cure}` : ""}.`;
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

/** Bits with their sign and one decimal: "+2.1", "-0.4", "0". @param {number} bits */
export function signed(bits) {
  const text = Math.abs(bits).toFixed(1);
  if (!Number.isFinite(bits)) return "?";
  return text === "0.0" ? "0" : `${bits > 0 ? "+" : "-"}${text}`;
}

/** Bits in words: "+2.1 bits: clearly in it". @param {number} bits */
export function bitsWords(bits) {
  const text = signed(bits);
  if (text === "?") return "no figure: the judge could not read this picture";
  if (text === "0") return "0 bits: says nothing";
  if (bits > 0) return `${text} bits: ${bits >= 2 ? "clearly" : "faintly"} in it`;
  return `${text} bits: ${bits > -2 ? "rather not in it" : "against it"}`;
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
