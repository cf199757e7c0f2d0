// A message to the server that is under way makes links wait for it: where a message and a page switch come at once,
// Streamlit takes only one of them, so that a value that was typed or the tap on the link would be lost. A page that Back
// has left says nothing more: Streamlit sends the page's name along, which would lead back there.

const PATIENCE = 1500; // ms after which a link does not wait any more

/** @type {ReturnType<typeof setTimeout>|undefined} */
let patience;
/** @type {HTMLAnchorElement|undefined} the link that was tapped meanwhile */
let tapped;

/** Where each live part was mounted. @type {WeakMap<object, string>} */
const homes = new WeakMap();

/**
 * Sends a message, unless its page has been left.
 * @param {object} part that speaks: the element in which it is mounted
 * @param {() => void} send
 */
export function tell(part, send) {
  if ((homes.get(part) ?? location.pathname) !== location.pathname) return;
  sent();
  send();
}

/** A live part is mounted, or has its answer. @param {object} part */
export function listens(part) {
  if (!homes.has(part)) homes.set(part, location.pathname);
  heard();
}

/** A live part is taken away. @param {object} part */
export function ends(part) {
  homes.delete(part);
}

/** A message was sent. */
function sent() {
  clearTimeout(patience);
  if (!patience) addEventListener("click", hold, true);
  patience = setTimeout(heard, PATIENCE);
}

/** The server has answered. */
function heard() {
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
