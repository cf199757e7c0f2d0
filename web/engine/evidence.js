// What a judge's figures say about a picture: which classes are in it, and in which words. It compares; graphs compute.

export const RANGE = 8; // bits at which a meter is full, on either side of 0

/** Rows (class indexes) that are seen: more than 0 bits and, where leave-one-out is given, more than 0 of that too. */
export function seenOf(bits, rows, lost) {
  return rows.filter((row) => bits[row] > 0 && (!lost || lost[row] > 0));
}

/** The class that a blend turned into: not among `rows`, with bits above 0 and above all of theirs; null without one. */
export function becameOf(bits, rows) {
  const chosen = new Set(rows);
  let best = null;
  bits.forEach((value, row) => {
    if (!chosen.has(row) && value > 0 && (best === null || value > bits[best])) best = row;
  });
  return best !== null && rows.every((row) => bits[best] > bits[row]) ? best : null;
}

/** Mean bits of classes that are not in a blend of `count`; the figures are given by count, and the nearest one counts. */
export function chanceOf(chance, count) {
  const known = Object.keys(chance).map(Number);
  if (!known.length) return null;
  return chance[known.reduce((best, one) => (Math.abs(one - count) < Math.abs(best - count) ? one : best))];
}

/** Bits with their sign and one decimal: "+2.1", "-0.4", "0". */
export function signed(bits) {
  const text = Math.abs(bits).toFixed(1);
  if (!Number.isFinite(bits)) return "?";
  return text === "0.0" ? "0" : `${bits > 0 ? "+" : "-"}${text}`;
}

/** Bits in words: "+2.1 bits: clearly in it". */
export function bitsWords(bits) {
  const text = signed(bits);
  if (text === "?") return "no figure: the judge could not read this picture";
  if (text === "0") return "0 bits: says nothing";
  if (bits > 0) return `${text} bits: ${bits >= 2 ? "clearly" : "faintly"} in it`;
  return `${text} bits: ${bits > -2 ? "rather not in it" : "against it"}`;
}

/** What taking a class out of the blend does to its own evidence, in words. */
export function lostWords(name, before, after) {
  const change = (before - after).toFixed(1);
  const from = `from ${signed(before)} to ${signed(after)} bits`;
  if (Number(change) > 0) return `Without ${name} its evidence falls ${from}: its share brings ${change} bits.`;
  if (Number(change) < 0) return `Without ${name} its evidence rises ${from}: its share does not help it.`;
  return `Without ${name} its evidence stays at ${signed(after)} bits: its share leaves no trace.`;
}
