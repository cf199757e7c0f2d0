// Latents to places and back, by the shipped graphs: exact where the map is linear, by neighbours where it is not.

import { tensor } from "../engine/runner.js";
import { unmixed } from "../engine/shortcut.js";

/**
 * @import { Files } from "./files.js"
 * @import { Layout } from "./layout.js"
 */

/**
 * Places of latents on a map.
 * @param {Float32Array[]} latents each (latent,)
 * @param {Layout} layout
 * @param {Files} files
 * @returns {Promise<number[][]>} each (dims,)
 */
export async function placesOf(latents, layout, files) {
  if (!latents.length) return [];
  const width = latents[0].length;
  if (layout.linear) {
    const graph = await files.graph("place_linear");
    const all = new Float32Array(latents.length * width);
    latents.forEach((z, i) => all.set(z, i * width));
    const { place } = await graph.run({ z: { data: all, dims: [latents.length, width] }, ...layout.linear });
    return latents.map((_, i) => Array.from(place.data.subarray(i * layout.dims, (i + 1) * layout.dims)));
  }
  const graph = await files.graph("place_neighbours");
  const { z: rows } = await files.latents();
  const [held, spots] = [tensor(rows.data, rows.dims), tensor(layout.places, [rows.dims[0], layout.dims])];
  const places = [];
  for (const z of latents) {
    const { place } = await graph.run({ z: { data: z, dims: [1, width] }, latents: held, places: spots });
    places.push(Array.from(place.data));
  }
  return places;
}

/**
 * Rows nearest to a row in latent space, nearest first, without the row itself.
 * @param {number} row
 * @param {number} wanted at most 14
 * @param {Layout} layout
 * @param {Files} files
 */
export async function neighboursOf(row, wanted, layout, files) {
  const graph = await files.graph("place_neighbours");
  const { z: rows } = await files.latents();
  const width = rows.dims[1];
  const { index } = await graph.run({
    z: { data: rows.data.slice(row * width, (row + 1) * width), dims: [1, width] },
    latents: { data: rows.data, dims: rows.dims },
    places: { data: layout.places, dims: [rows.dims[0], layout.dims] },
  });
  return Array.from(index.data, Number).filter((other) => other !== row).slice(0, wanted);
}

/**
 * The latent at a place of a linear map; what the map does not show is at its average.
 * @param {ArrayLike<number>} place (dims,)
 * @param {Layout} layout with `linear`
 * @param {Files} files
 * @returns {Promise<Float32Array>} (latent,)
 */
export async function latentAt(place, layout, files) {
  const graph = await files.graph("latent_at");
  const { z } = await graph.run({ place: { data: Float32Array.from(place), dims: [1, layout.dims] }, ...layout.linear });
  return z.data;
}

/**
 * The picture of one latent, by the model's own decoder without any averaging.
 * @param {Float32Array} z (latent,)
 * @param {Files} files
 * @returns {Promise<Float32Array>} (channels, height, width), 0..1
 */
export async function decode(z, files) {
  const every = { data: new Float32Array(z.length).fill(1), dims: [z.length] };
  return (await unmixed(await files.decoder(), { data: z, dims: [1, z.length] }, every)).data;
}
