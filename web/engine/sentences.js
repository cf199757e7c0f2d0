// Blends in words, for labels and the sentence that screen readers speak.

/** "3", "3 and 8", "3, 8 and 0"; more than `most` names end in "and 6 more". */
export function list(names, most = 5) {
  if (names.length > most) return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A share 0..1 as whole percent; "under 1 %" for a trace. */
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

/** "the 1" for names that are mere signs, and the name itself for words. */
const called = (name) => (name.length < 3 ? `the ${name}` : name);

/**
 * What can be seen, in one or two sentences: "You can see 3 of 5: 0, 3 and 8. The 1 and the 7 are missing: ...".
 * @param {string[]} names of the classes in the blend that the judge knows
 * @param {string[]} seen those of them that are in the picture
 * @param {boolean} evenable whether Even out can be pressed
 */
export function verdict(names, seen, evenable) {
  const missing = names.filter((name) => !seen.includes(name));
  const found = `You can see ${seen.length} of ${names.length}`;
  const first = seen.length ? `${found}: ${list(seen, seen.every((name) => name.length < 3) ? 12 : 5)}.` : `${found}.`;
  if (!missing.length) return first;
  const which = capital(list(missing.map(called)));
  const one = missing.length === 1;
  const cure = `give ${one ? "it" : "them"} more${evenable ? ", or press Even out" : ""}`;
  return `${first} ${which} ${one ? "is" : "are"} missing${names.length > 1 ? `: ${cure}` : ""}.`;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}
