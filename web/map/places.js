// Latents to places and back, by the shipped graphs: exact where the map is linear, by neighbours where it is not.

import { tensor } from "../engine/runner.js";

/**
 * Places of latents on the present map.
 * @param {Float32Array[]} latents each (latent,)
 * @param {object} layout of layout.js
 * @param {Source} source
 * @returns {Promise<number[][]>}
 */
export async function placesOf(latents, layout, source) {
  if (!latents.length) return [];
  const width = latents[0].length;
  if (layout.linear) {
    const graph = await source.graph("place_linear");
    const all = new Float32Array(latents.length * width);
    latents.forEach((z, i) => all.set(z, i * width));
    const { place } = await graph.run({ z: { data: all, dims: [latents.length, width] }, ...layout.linear });
    return latents.map((_, i) => Array.from(place.data.subarray(i * layout.dims, (i + 1) * layout.dims)));
  }
  const graph = await source.graph("place_neighbours");
  const { z: rows } = await source.latents();
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
 */
export async function neighboursOf(row, wanted, layout, source) {
  const graph = await source.graph("place_neighbours");
  const { z: rows } = await source.latents();
  const width = rows.dims[1];
  const { index } = await graph.run({
    z: { data: rows.data.slice(row * width, (row + 1) * width), dims: [1, width] },
    latents: { data: rows.data, dims: rows.dims },
    places: { data: layout.places, dims: [rows.dims[0], layout.dims] },
  });
  return Array.from(index.data, Number).filter((other) => other !== row).slice(0, wanted);
}

/** Decodes single latents and single places, always with the model's own graphs. */
export class Decoder {
  constructor(source, facts) {
    this.source = source;
    this.keep = tensor(new Float32Array(facts.latent).fill(1), [facts.latent]);
    this.one = tensor(Float32Array.of(1), [1, 1]);
    this.none = tensor(Float32Array.of(0), []);
    this.latent = facts.latent;
  }

  /** Picture (channels, height, width) 0..1 of one latent. */
  async picture(z) {
    const graph = await this.source.decoder();
    const mixes = { mix_first: this.one, mix_second: this.one, mix_logits: this.one, mix_pixels: this.one };
    const given = { z: { data: z, dims: [1, this.latent] }, keep: this.keep, stretch: this.none, ...mixes };
    const { pictures } = await graph.run(given);
    return pictures.data;
  }

  /** Latent at a place of a linear map. */
  async latentAt(place, layout) {
    const graph = await this.source.graph("latent_at");
    const { z } = await graph.run({ place: { data: Float32Array.from(place), dims: [1, layout.dims] }, ...layout.linear });
    return z.data;
  }
}
