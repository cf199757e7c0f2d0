// What the page says about errors: what they mean, and which of two models has the smaller one.

/** An error per pixel with four decimals. @param {number} error */
export const short = (error) => error.toFixed(4);

/** A line's explanation with its error over all n test pictures. @param {string} text @param {number|null} error @param {number} n */
export function overall(text, error, n) {
  return error === null || !n ? text : `${text}; all ${n.toLocaleString("en")}: ${short(error)}`;
}

/** What the numbers are, and where pictures stand in for originals. @param {{originals: boolean, note: string}} pictures */
export function meaning({ originals, note }) {
  const what = "The number under a picture is its error: the mean squared difference a pixel, 0 for a perfect copy.";
  if (originals) return what;
  return `${what} The pictures shown here are ${note}, so here each model rebuilds those, which favours the model that drew them; the figures for all test pictures are of the originals.`;
}

/**
 * Which is better at equal size; "" where the other model's error was not measured.
 * @param {Pick<import("../engine/props.js").EigenProps, "spectrum"|"vae"|"vae_error">} data
 * @param {number} size components as many as the other model has numbers
 */
export function verdict({ spectrum, vae, vae_error }, size) {
  if (vae_error.value === null) return "";
  const [eigen, mine] = [spectrum.error[size], vae_error.value];
  const times = (Math.max(eigen, mine) / Math.min(eigen, mine)).toFixed(1);
  const begin = vae.latent === size ? `At equal size (${size} numbers each)` : `With all ${size} components, and ${vae.latent} numbers for the ${vae.called}`;
  const found = `the mean error over all ${spectrum.n.toLocaleString("en")} test pictures is ${short(eigen)} for eigen-images and ${short(mine)} for the ${vae.called}`;
  return `${begin}, ${found}. ${mine < eigen ? "The eigen-images'" : `The ${vae.called}'s`} is ${times} times as large.`;
}
