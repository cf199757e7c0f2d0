// Steps along named directions as text, and what is wrong in such a text; the twin of pages/parts/directions/link.py.

import { t } from "../engine/language.js";
import { STEP, STEP_FURTHER } from "../engine/limits.js";
import { readNumber, short } from "../engine/numbers.js";

/** @typedef {[string, number][]} Steps directions and standard deviations, none of them 0 */

export const MOST_AXES = 128; // dimensions up to which principal axes are computed here
const MOST_STEPS = 256;
const MOST_TEXT = 20_000;
const MOST_SAID = 3;
const LEFT_OUT = t("The other steps are taken.");
const NAME = /^(pc|dim)([1-9]\d{0,3})$/;

/** The range of a step. @param {boolean} further */
export const reach = (further) => (further ? STEP_FURTHER : STEP);

/** @param {Steps} steps */
export const stepsText = (steps) => steps.map(([name, amount]) => `${name}:${short(amount)}`).join(",");

/**
 * The steps in a text, and a sentence about those that are left out, "" where none is.
 * @param {string} text
 * @param {number} latent dimensions of the model
 * @param {boolean} further whether the wider range is allowed
 * @returns {{steps: Steps, said: string}}
 */
export function parseSteps(text, latent, further) {
  if (!text) return { steps: [], said: "" };
  const allowed = reach(further);
  const within = (amount, { low, high }) => amount !== null && amount >= low && amount <= high;
  /** @type {Map<string, number>} */
  const steps = new Map();
  const faults = [];
  const parts = text.slice(0, MOST_TEXT).split(",");
  for (const part of parts.slice(0, MOST_STEPS)) {
    const [name, ...rest] = part.trim().split(":");
    const amount = rest.length ? readNumber(rest.join(":")) : null;
    const found = NAME.exec(name);
    if (!found) faults.push(t("There is no direction “{name}”: they are called {some} and {others}.", { name: plain(name), some: called("pc", latent), others: called("dim", latent) }));
    else if (Number(found[2]) > latent) faults.push(t("{name} is beyond this model: it has {latent} of them, {names}.", { name, latent, names: called(found[1], latent) }));
    else if (found[1] === "pc" && latent > MOST_AXES) faults.push(t("Of {latent} numbers no principal axes are computed, so there is no {name}.", { latent, name }));
    else if (!within(amount, allowed)) {
      const wider = !further && within(amount, STEP_FURTHER) ? ` ${t("With Go further it may.")}` : "";
      faults.push(`${t("The step along {name} must be a number from {low} to {high}.", { name, low: allowed.low, high: allowed.high })}${wider}`);
    } else steps.set(name, short(amount));
  }
  if (parts.length > MOST_STEPS) faults.push(t("There are more than {most} steps.", { most: MOST_STEPS }));
  const kept = [...steps].filter(([, amount]) => amount !== 0);
  const more = faults.length > MOST_SAID ? ` ${t("{count} more could not be taken.", { count: faults.length - MOST_SAID })}` : "";
  return { steps: kept, said: faults.length ? `${faults.slice(0, MOST_SAID).join(" ")}${more} ${LEFT_OUT}` : "" };
}

/** Names of all directions of a kind. @param {string} kind @param {number} latent */
const called = (kind, latent) => (latent > 1 ? t("{first} to {last}", { first: `${kind}1`, last: `${kind}${latent}` }) : `${kind}1`);

/** What anybody wrote, made safe to repeat in a sentence. @param {string} text */
const plain = (text) => [...[...text].slice(0, 200).join("").replace(/[^\p{L}\p{N}_ .-]/gu, "")].slice(0, 30).join("");
