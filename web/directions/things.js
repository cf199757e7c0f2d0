// What pictures are made of on this page, by the short names that stand in the link: classes and groups, a picture of the
// dataset, the recipe's blend, and so on. The twin of pages/parts/directions/link.py.

export const BLEND = ":blend";
export const POINT = ":point";
export const ALL = ":all";
export const HERE = ":here";
const ROW = ":row";

/** A class's or group's short name. @param {string} name */
export const tokenOf = (name) => name.replace(/[%,:]/g, (sign) => ({ "%": "%25", ",": "%2C", ":": "%3A" })[sign]);

/** A picture's. @param {number} row */
export const rowToken = (row) => `${ROW}${row}`;

/** Which picture is meant; -1 where none is. @param {string} token */
export const rowOf = (token) => (token.startsWith(ROW) ? Number(token.slice(ROW.length)) : -1);

const WORDS = { [BLEND]: "your blend", [POINT]: "your blend, as one point", [ALL]: "the average of all pictures", [HERE]: "where you stand" };

/** A thing in a sentence. @param {string} token */
export function thingWords(token) {
  const row = rowOf(token);
  if (row >= 0) return `picture ${row}`;
  return WORDS[token] ?? decodeURIComponent(token);
}

/** The same at the head of a sentence or in a list. @param {string} token */
export function thingTitle(token) {
  const words = thingWords(token);
  return token.startsWith(":") ? words[0].toUpperCase() + words.slice(1) : words;
}
