// Streamlit takes a lone R or C anywhere for "run again" and "clear the cache". Neither is meant here: visitors press them
// beside a field, as a key of the map or for a screen reader. Even a letter typed into a field of ours is one to Streamlit, as
// it cannot see into our parts. No page of ours has a key of these two: this listener comes before all others, so one that
// wants them has to be let through here.

const TEXT = 'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select, [contenteditable]';

/** Whether Streamlit would take a key for its own. @param {KeyboardEvent} event */
export function isShortcut(event) {
  if (!/^[rc]$/i.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = /** @type {Element} */ (event.composedPath()[0]);
  return !(target.matches?.(TEXT) && target.getRootNode() === document);
}

/** Keeps these keys from Streamlit; what they type is typed all the same. */
export function dropShortcuts() {
  addEventListener("keydown", (event) => isShortcut(event) && event.stopPropagation(), true);
}
