// The room that an element has on the screen: its size, and how many pixels the screen has for it.

/** Calls back when the element's size changes, and when the window moves to a screen of another density or is zoomed. */
export class Room {
  /**
   * @param {Element} element
   * @param {() => void} onChange
   */
  constructor(element, onChange) {
    this.onChange = onChange;
    this.sizes = new ResizeObserver(onChange);
    this.sizes.observe(element);
    this.denser = () => {
      this.follow();
      this.onChange();
    };
    this.follow();
  }

  /** A query knows one density, so each change needs the next query. */
  follow() {
    this.query?.removeEventListener("change", this.denser);
    this.query = matchMedia(`(resolution: ${globalThis.devicePixelRatio || 1}dppx)`);
    this.query.addEventListener("change", this.denser);
  }

  stop() {
    this.sizes.disconnect();
    this.query.removeEventListener("change", this.denser);
  }
}
