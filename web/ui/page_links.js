// Links to our pages that are opened beside this one.

/**
 * A link's parameters, with the language that this page's link asks for: another tab knows nothing of it.
 * @param {string} [query] without its question mark
 */
export function inThisLanguage(query = "") {
  const asked = new URLSearchParams(location.search).get("lang");
  return [query, asked && `lang=${encodeURIComponent(asked)}`].filter(Boolean).join("&");
}
