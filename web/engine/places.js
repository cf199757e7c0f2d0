// Where blends and rows lie on the small map: exactly on PCA, estimated from neighbours on UMAP; both by graphs.

import { fetchArrays } from "./runner.js";
import { sharedGraph } from "./model.js";
import { datasetFolder, modelFolder } from "./urls.js";

/** The places of all rows on one kind of map, those of the class centroids, and a way to place a blend. */
export class Places {
  /**
   * @param {object} spec names dataset and model by their slugs
   * @param {{data: Float32Array, dims: number[]}} means centroids (classes, latent)
   * @param {"exact"|"estimated"} kind
   */
  static async open(spec, means, kind) {
    const [rows, maps, latents, graph] = await Promise.all([
      fetchArrays(`${datasetFolder(spec.dataset.slug)}rows.safetensors`),
      fetchArrays(`${modelFolder(spec.model.slug)}projections.safetensors`),
      kind === "estimated" ? fetchArrays(`${modelFolder(spec.model.slug)}latents.safetensors`) : null,
      sharedGraph(kind === "exact" ? "place_linear" : "place_neighbours"),
    ]);
    const places = new Places();
    places.kind = kind;
    places.classes = rows.y.data;
    places.graph = graph;
    places.feeds =
      kind === "exact"
        ? { centre: maps.pca_centre, components: maps.pca_components }
        : { latents: latents.z, places: maps.umap };
    const held = kind === "exact" ? maps.pca : maps.umap;
    places.points = firstTwo(held);
    places.centroids = [];
    const latent = means.dims[1];
    for (let i = 0; i < means.dims[0]; i++) {
      places.centroids.push(await places.of({ data: means.data.slice(i * latent, (i + 1) * latent), dims: [1, latent] }));
    }
    return places;
  }

  /** [x, y] of one latent {data, dims: [1, latent]}. */
  async of(z) {
    const { place } = await this.graph.run({ ...this.feeds, z }, ["place"]);
    return [place.data[0], place.data[1]];
  }
}

function firstTwo({ data, dims: [rows, width] }) {
  const out = new Float32Array(rows * 2);
  for (let i = 0; i < rows; i++) {
    out[2 * i] = data[i * width];
    out[2 * i + 1] = data[i * width + 1];
  }
  return out;
}
