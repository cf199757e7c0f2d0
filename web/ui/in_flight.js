// A message to the server that is under way makes links wait for it: where a message and a page switch come at once,
// Streamlit takes only one of them, so that a value that was typed or the tap on the link would be lost.

const PATIENCE = 1500; // ms after which a link does not wait any more

/** @type {ReturnType<typeof setTimeout>|undefined} */
let patience;
/** @type {HTMLAnchorElement|undefined} the link that was tapped meanwhile */
let tapped;

/** A message was sent. */
export function sent() {
  clearTimeout(patience);
  if (!patience) addEventListener("click", hold, true);
  patience = setTimeout(heard, PATIENCE);
}

/** The server has answered. */
export function heard() {
  if (!patience) return;
  clearTimeout(patience);
  patience = undefined;
  removeEventListener("click", hold, true);
  const link = tapped;
  tapped = undefined;
  if (link?.isConnected) link.click();
  else if (link) location.href = link.href;
}

/** @param {MouseEvent} event */
function hold(event) {
  const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement && one.href);
  const here = link instanceof HTMLAnchorElement && link.origin === location.origin && !link.target && !link.hash && !link.hasAttribute("download");
  if (!here || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tapped = link;
}
