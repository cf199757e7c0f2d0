// What the page says about errors: what they mean, and which of two models has the smaller one.

import { decimals, t, whole } from "../engine/language.js";

/** An error per pixel with four decimals. @param {number} error */
export const short = (error) => decimals(error, 4);

/** A line's explanation with its error over all n test pictures. @param {string} text @param {number|null} error @param {number} n */
export function overall(text, error, n) {
  return error === null || !n ? text : t("{text}; all {n}: {error}", { text, n: whole(n), error: short(error) });
}

/** What the numbers are, and where pictures stand in for originals. @param {{originals: boolean, note: string}} pictures */
export function meaning({ originals, note }) {
  const what = t("The number under a picture is its error: the mean squared difference a pixel, 0 for a perfect copy.");
  if (originals) return what;
  const standIns = t("The pictures shown here are {note}, so here each model rebuilds those, which favours the model that drew them; the figures for all test pictures are of the originals.", { note });
  return `${what} ${standIns}`;
}

/**
 * Which is better at equal size; "" where the other model's error was not measured.
 * @param {Pick<import("../engine/props.js").EigenProps, "spectrum"|"vae"|"vae_error">} data
 * @param {number} size components as many as the other model has numbers
 */
export function verdict({ spectrum, vae, vae_error }, size) {
  if (vae_error.value === null) return "";
  const [eigen, mine] = [spectrum.error[size], vae_error.value];
  const { called, latent } = vae;
  const times = decimals(Math.max(eigen, mine) / Math.min(eigen, mine), 1);
  const values = { size, latent, called, times, n: whole(spectrum.n), eigen: short(eigen), mine: short(mine) };
  const found = latent === size
    ? t("At equal size ({size} numbers each), the mean error over all {n} test pictures is {eigen} for eigen-images and {mine} for the {called}.", values)
    : t("With all {size} components, and {latent} numbers for the {called}, the mean error over all {n} test pictures is {eigen} for eigen-images and {mine} for the {called}.", values);
  if (Number(Math.max(eigen, mine) / Math.min(eigen, mine)).toFixed(1) === "1.0") return `${found} ${t("That is nearly the same.")}`;
  return `${found} ${mine < eigen ? t("The eigen-images' is {times} times as large.", values) : t("The {called}'s is {times} times as large.", values)}`;
}
