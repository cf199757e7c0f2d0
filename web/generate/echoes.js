// Which ways (family, filter, mode) went to the server from here, so that its answers are told from what a link brings.

const text = ({ family, tau, mode }) => JSON.stringify([family, tau, mode]);

/** What was sent and may still come back. */
export class Echoes {
  constructor() {
    this.ways = [];
  }

  add(way) {
    this.ways.push(text(way));
  }

  /**
   * Whether a way that came is news: never sent from here, and other than the last that came and the one that is set. An
   * answer may be late, when the person has moved on already; taking it would undo what they did since.
   */
  foreign(before, came, set) {
    const echo = this.ways.lastIndexOf(text(came));
    if (echo >= 0) this.ways.splice(0, echo);
    return echo < 0 && text(before) !== text(came) && text(came) !== text(set);
  }
}
