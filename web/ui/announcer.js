// What is said to those who hear the page: one polite live region, which stays for as long as the page is open.

const PAUSE = 50; // ms between emptying the region and filling it, without which the same sentence is not spoken again
const HIDDEN = "position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;"; // but heard

/** Speaks sentences in the order in which they come. */
export class Announcer {
  /** @param {() => {textContent: string|null}} region is asked for when something is to be said */
  constructor(region) {
    this.region = region;
    /** @type {string[]} */
    this.waiting = [];
  }

  /** @param {string} sentence also when it is the same as the last one; "" says nothing */
  say(sentence) {
    if (!sentence) return;
    if (!this.waiting.length) {
      this.region().textContent = "";
      setTimeout(() => (this.region().textContent = this.waiting.splice(0).join(" ")), PAUSE);
    }
    if (this.waiting.at(-1) !== sentence) this.waiting.push(sentence);
  }
}

/** @type {HTMLElement|undefined} */
let place;

function region() {
  if (!place) {
    place = document.createElement("div");
    place.className = "medley-announced";
    place.style.cssText = HIDDEN;
    for (const [name, value] of [["role", "status"], ["aria-live", "polite"], ["aria-atomic", "true"]]) place.setAttribute(name, value);
  }
  if (!place.isConnected) document.body.append(place);
  return place;
}

const announcer = new Announcer(region);

/** Says a sentence to whoever hears the page. @param {string} sentence */
export function announce(sentence) {
  announcer.say(sentence);
}

/** Has the region there before it is needed: what a screen reader has not met empty, it may not speak. */
export function provideAnnouncer() {
  if (document.body) region();
  else addEventListener("DOMContentLoaded", region, { once: true });
}
