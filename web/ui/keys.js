// Ctrl+Z and Ctrl+Shift+Z anywhere on the page, or in the mixer where the page is not Medley's, and when a key was pressed
// last.

/** Listens to keys until `stop`. */
export class Keys {
  /**
   * @param {HTMLElement} root the mixer
   * @param {(by: -1|1) => void} onStep undo or redo
   * @param {boolean} [guest] whether keys that are pressed outside the mixer are not its own
   */
  constructor(root, onStep, guest = false) {
    this.root = root;
    this.guest = guest;
    this.onStep = onStep;
    this.last = -Infinity;
    this.listener = (event) => this.key(event);
    document.addEventListener("keydown", this.listener, true);
  }

  /** Whether what happens now comes from a key press. */
  get pressing() {
    return performance.now() - this.last < 60;
  }

  key(event) {
    this.last = performance.now();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
    const target = event.composedPath()[0];
    if (this.guest && !event.composedPath().includes(this.root)) return;
    const writing = target.matches?.("input:not([type=range]), textarea, [contenteditable]");
    // In a field of another part, or in one of ours that is being typed into, the browser's own undo is meant.
    if (writing && !(this.root.contains(target) && !("typing" in target.dataset))) return;
    event.preventDefault();
    this.onStep(event.shiftKey ? 1 : -1);
  }

  stop() {
    document.removeEventListener("keydown", this.listener, true);
  }
}
