// Focus follows a job of the server: from the button that began it to its Cancel, and from there to what came of it.
// Streamlit turns the button off while the job is at work and takes Cancel away at the end, and focus would be gone.

import { t } from "../engine/language.js";
import { followPage } from "./document.js";
import { goTo, lost } from "./focus.js";

/**
 * The jobs, by what the keys of their widgets begin with: JOB_go, JOB_again, JOB_cancel, JOB_result
 * (pages/parts/generate/search_panel.py, pages/parts/blend/slower.py).
 */
const JOBS = ["search", "slow"];

/**
 * Where focus belongs; undefined where that is not there yet.
 * @template Place
 * @param {object} job
 * @param {boolean} job.off whether its button is turned off
 * @param {Place} [job.go] its button
 * @param {Place} [job.cancel]
 * @param {Place} [job.result]
 * @param {boolean} job.cancelled whether the visitor has ended it
 */
export function nextPlace({ off, go, cancel, result, cancelled }) {
  if (off) return cancelled ? undefined : cancel;
  return cancelled ? go : (result ?? go);
}

/** Gives what came of a job a name to be met by; a button has its own. @param {HTMLElement} place */
function name(place) {
  if (place.matches("button")) return;
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", t("Result"));
}

/** Looks after focus from now on; once a page. */
export function watchJobs() {
  /** @type {{job: string, go: string, cancelled: boolean, byHand: boolean}|undefined} the job whose widget was used last */
  let held;

  const partOf = (/** @type {EventTarget|null} */ target) => {
    const keyed = target instanceof Element && target.closest('[class*="st-key-"]');
    const key = keyed && [...keyed.classList].find((name) => name.startsWith("st-key-"))?.slice("st-key-".length);
    const job = key && JOBS.find((name) => key.startsWith(`${name}_`));
    return job ? { job, key } : undefined;
  };

  document.addEventListener("click", ({ target, detail }) => {
    const part = target instanceof Element && target.closest("button") ? partOf(target) : undefined;
    if (!part) return void (held = undefined);
    const begins = part.key.startsWith(`${part.job}_go`);
    const known = held?.job === part.job ? held.go : `${part.job}_go`;
    held = { job: part.job, go: begins ? part.key : known, cancelled: part.key === `${part.job}_cancel`, byHand: detail > 0 };
  }, true);
  document.addEventListener("focusin", ({ target }) => {
    if (held && partOf(target)?.job !== held.job) held = undefined;
  });

  const look = () => {
    if (!held || !lost()) return;
    const { job, go, cancelled, byHand } = held;
    const find = (/** @type {string} */ selector) => /** @type {HTMLElement|null} */ (document.querySelector(selector)) ?? undefined;
    const button = find(`.st-key-${go} button`) ?? find(`[class*="st-key-${go}"] button`);
    const place = nextPlace({
      off: Boolean(button?.matches(":disabled")),
      go: button,
      cancel: find(`.st-key-${job}_cancel button`),
      result: find(`.st-key-${job}_result`),
      cancelled,
    });
    if (!place) return;
    name(place);
    goTo(place, !byHand);
  };
  followPage(() => held && requestAnimationFrame(look));
}
