// What visitors read, in their language; latent_core/language.py does the same and says where catalogues lie. English stands
// in the code, as the key of each sentence. What another language says comes as a script before all modules (server/shell.py).

/**
 * @typedef {string|Record<string, string>} Forms
 * @typedef {{code: string, direction: "ltr"|"rtl", decimal: string, thousands: string, plural: Record<string, string>, words: Record<string, Forms>}} Language
 * @typedef {Record<string, string|number>} Values
 */

const NOTE = "##"; // parts a key from a note on what it means
const CLASS = "class/"; // begins the key of a class's name
const GROUP = /^Group ([1-9][0-9]*)$/; // a class that the visitor made; as latent_core/group_names.py

/** @type {Language} */
export const language = /** @type {any} */ (globalThis).medleyLanguage
  ?? { code: "en", direction: "ltr", decimal: ".", thousands: ",", plural: { one: "^1$" }, words: {} };

/** @type {[string, RegExp][]} */
const categories = Object.entries(language.plural).map(([name, fits]) => [name, new RegExp(fits)]);

/** @param {number} n */
const category = (n) => categories.find(([, fits]) => fits.test(`${n}`))?.[0] ?? "other";

/** Without its note. @param {string} said */
const plainly = (said) => said.split(NOTE)[0];

/** @param {string} said @param {Values} [values] */
function filled(said, values) {
  const plain = plainly(said);
  return values ? plain.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? `${values[name]}` : whole)) : plain;
}

/** @param {string} sentence */
function saidFor(sentence) {
  const said = language.words[sentence] ?? sentence;
  return typeof said === "string" ? said : said.other;
}

/**
 * A sentence in the visitor's language.
 * @param {string} sentence the English one, as a literal: tests read it from the code. {name} stands for a value
 * @param {Values} [values] what is put in
 */
export const t = (sentence, values) => filled(saidFor(sentence), values);

/**
 * A sentence with a count, which it may name {n}.
 * @param {number} n
 * @param {string} one English of one
 * @param {string} other English of any other count, which is the key in catalogues
 * @param {Values} [values]
 */
export function many(n, one, other, values) {
  const which = category(n);
  const said = language.words[other] ?? (which === "one" ? one : other);
  return filled(typeof said === "string" ? said : said[which] ?? said.other, { n, ...values });
}

/** A sentence that comes as data (a figure's name on a card), in the visitor's language; no literal. @param {string} sentence */
export const known = (sentence) => plainly(saidFor(sentence));

/** What a class or group is called in the visitor's language; links and files have its English name. @param {string} name */
export function className(name) {
  const [, n] = GROUP.exec(name) ?? [];
  const said = language.words[CLASS + (n ? "Group {n}" : name)];
  return typeof said === "string" ? filled(said, n ? { n } : undefined) : name;
}

/** A number with so many digits behind the point, or what stands for a point. @param {number} value @param {number} digits */
export const decimals = (value, digits) => value.toFixed(digits).replace(".", language.decimal);

/** A count with its thousands apart: "20,000", where a point parts whole from tenth. @param {number} n */
export const whole = (n) => n.toLocaleString("en").replaceAll(",", language.thousands);

/** A number with as many digits as it has. @param {number} value */
export const written = (value) => `${value}`.replace(".", language.decimal);
