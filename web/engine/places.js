// Where latents lie on a model's maps: exactly where the map is linear, estimated from neighbours where it is not; by graphs.

import { sharedGraph } from "./runner.js";
import { fetchArrays } from "./safetensors.js";
import { latentsUrl, projectionsUrl, rowsUrl } from "./urls.js";

/** @typedef {import("./arrays.js").Floats} Floats */

/** The places of all rows on one kind of map, those of the class centroids, and a way to place a blend. */
export class Places {
  /** @type {[number, number][]} */
  centroids = [];

  /**
   * @param {{dataset: {slug: string}, model: {slug: string}}} props
   * @param {Floats} means centroids (classes, latent)
   * @param {"exact"|"estimated"} kind
   */
  static async open({ dataset, model }, means, kind) {
    const exact = kind === "exact";
    const [rows, maps, latents, graph] = await Promise.all([
      fetchArrays(rowsUrl(dataset.slug)),
      fetchArrays(projectionsUrl(model.slug)),
      exact ? null : fetchArrays(latentsUrl(model.slug)),
      sharedGraph(exact ? "place_linear" : "place_neighbours"),
    ]);
    /** @type {import("./runner.js").Feeds} */
    const feeds = latents ? { latents: latents.z, places: maps.umap } : { centre: maps.pca_centre, components: maps.pca_components };
    const places = new Places(kind, rows.y.data, firstTwo(exact ? maps.pca : maps.umap), graph, feeds);
    const [classes, latent] = means.dims;
    for (let i = 0; i < classes; i++) {
      places.centroids.push(await places.of({ data: means.data.slice(i * latent, (i + 1) * latent), dims: [1, latent] }));
    }
    return places;
  }

  /**
   * @param {"exact"|"estimated"} kind
   * @param {Int16Array} classes of all rows
   * @param {Float32Array} points [x, y] of each row, (rows * 2)
   * @param {import("./runner.js").Graph} graph
   * @param {import("./runner.js").Feeds} feeds what the graph takes beside the latent
   */
  constructor(kind, classes, points, graph, feeds) {
    this.kind = kind;
    this.classes = classes;
    this.points = points;
    this.graph = graph;
    this.feeds = feeds;
  }

  /**
   * [x, y] of one latent.
   * @param {{data: Float32Array, dims: number[]}} z (1, latent)
   * @returns {Promise<[number, number]>}
   */
  async of(z) {
    const { place } = await this.graph.run({ ...this.feeds, z }, ["place"]);
    return [place.data[0], place.data[1]];
  }
}

/** @param {Floats} places (rows, 2 or more) */
function firstTwo({ data, dims: [rows, width] }) {
  const out = new Float32Array(rows * 2);
  for (let i = 0; i < rows; i++) {
    out[2 * i] = data[i * width];
    out[2 * i + 1] = data[i * width + 1];
  }
  return out;
}
