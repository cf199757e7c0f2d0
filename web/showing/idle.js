// What a presentation does when nobody touches it: back to its first story, and from there on by itself, until a touch.

const QUIET = 60_000; // ms without a touch after which nobody is there any more
const STEP = 8_000; // ms that a question, and then its answer, is left standing

/** Runs by itself once nobody has touched anything for a while. */
export class Idle {
  /**
   * @param {{first: () => void, step: () => void, moves: (yes: boolean) => void, still: () => boolean}} show go back to the
   *   first story; a question is answered, or the next one asked; the dot begins or ceases to move by itself; whether
   *   little motion is asked for, so that nothing runs by itself
   */
  constructor(show) {
    this.show = show;
    this.running = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
  }

  /** Somebody is there: whatever runs by itself stops. @returns {boolean} whether something did */
  touch() {
    const ran = this.running;
    this.stop();
    this.timer = setTimeout(() => this.begin(), QUIET);
    return ran;
  }

  begin() {
    this.show.first();
    if (this.show.still()) return;
    this.running = true;
    this.show.moves(true);
    this.next();
  }

  next() {
    this.timer = setTimeout(() => {
      this.show.step();
      this.next();
    }, STEP);
  }

  stop() {
    clearTimeout(this.timer);
    if (this.running) this.show.moves(false);
    this.running = false;
  }
}
