// What the server wants said (pages/parts/spoken.py) stands unseen among Streamlit's elements, which come and go; here it
// is heard, each sentence when it is another one than before.

import { announce } from "./announcer.js";
import { followPage } from "./document.js";

/** Knows what was said of each subject. */
export class Spoken {
  /** @param {(sentence: string) => void} announce */
  constructor(announce) {
    this.announce = announce;
    /** @type {Map<string, string>} the last sentence of each subject */
    this.last = new Map();
    /** @type {WeakMap<object, string>} what each element said when it was looked at */
    this.known = new WeakMap();
  }

  /**
   * Looks at an element. What is there from the beginning is not news, and an element that Streamlit has not taken away yet
   * says nothing again.
   * @param {object} element
   * @param {string} subject
   * @param {string} sentence
   */
  look(element, subject, sentence) {
    if (this.known.get(element) === sentence) return;
    this.known.set(element, sentence);
    const before = this.last.get(subject);
    this.last.set(subject, sentence);
    if (before !== undefined && before !== sentence) this.announce(sentence);
  }
}

/** Listens from now on; once a page. */
export function watchSpoken() {
  const spoken = new Spoken(announce);
  followPage(() => {
    for (const element of document.querySelectorAll(".medley-spoken")) {
      spoken.look(element, element.getAttribute("data-subject") ?? "", element.getAttribute("data-sentence") ?? "");
    }
  });
}
