// Short names of classes, for places where whole ones do not fit.

/**
 * A dataset's own symbols, or names without the words that all of them begin with ("Person 12" -> "12").
 * @param {string[]} classes
 * @param {Record<string, string>} symbols short labels that the dataset's card gives, by class
 * @returns {string[]} as many as classes
 */
export function shortNames(classes, symbols) {
  const [first] = classes;
  let end = first.lastIndexOf(" ") + 1;
  while (end > 0 && !classes.every((name) => name.startsWith(first.slice(0, end)) && name.length > end)) {
    end = first.lastIndexOf(" ", end - 2) + 1;
  }
  return classes.map((name) => symbols[name] ?? name.slice(classes.length > 1 ? end : 0));
}
