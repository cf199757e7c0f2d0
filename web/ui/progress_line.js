// A line that shows how far something has come. It changes with every file; it is spoken once, when it begins.

import { announce } from "./announcer.js";
import { say } from "./dom.js";

export class ProgressLine {
  /**
   * @param {HTMLElement} element where it is seen
   * @param {(sentence: string) => void} [speak]
   */
  constructor(element, speak = announce) {
    this.element = element;
    this.speak = speak;
    this.under = false; // something is on its way
  }

  /** @param {string} sentence "" when all is there @param {boolean} [aloud] whether a beginning is worth a word */
  tell(sentence, aloud = true) {
    if (sentence && aloud && !this.under) this.speak(sentence);
    if (aloud || !sentence) this.under = Boolean(sentence);
    this.element.removeAttribute("role"); // a live region would speak every step
    this.element.hidden = !sentence;
    if (sentence) say(this.element, sentence);
  }

  /** Why it does not come, spoken at once. @param {string} sentence */
  fail(sentence) {
    this.under = false;
    this.element.setAttribute("role", "alert");
    this.element.hidden = false;
    say(this.element, sentence);
  }
}
