// Everything that the pictures of one dataset and model need, loaded in two steps: the blend first, the rest after it.

import { fetchArrays, loadGraph, takeRows, tensor } from "./runner.js";
import { withGroups, withPictures } from "./groups.js";
import { Machine, sharedGraph } from "./machine.js";
import { Shortcut } from "./shortcut.js";

/** The loaded graphs and numbers of one model; the parts of the second step are undefined until they are there. */
export class Studio {
  /**
   * Loads what the blend needs.
   * @param {object} spec the mixer's data: dataset, model, linear, methods, centre (all from pages/parts/mixer.py)
   * @param {string} method the blending method to have ready
   * @param {(sentence: string) => void} [onProgress]
   */
  static async open(spec, method, onProgress) {
    const tell = onProgress && ((name, received, total) => onProgress(progressWords(name, received, total)));
    const [machine] = await Promise.all([
      Machine.open(spec.model.folder, tell),
      sharedGraph(`blend_${method}`),
    ]);
    const studio = new Studio(spec, withGroups(machine, spec.groups.map((group) => group.model)));
    await studio.need(method);
    return studio;
  }

  constructor(spec, machine) {
    this.spec = spec;
    this.machine = machine;
    this.methods = {};
    this.trouble = [];
  }

  /** Has a blending method's graph ready. */
  async need(method) {
    this.methods[method] ??= await sharedGraph(`blend_${method}`);
  }

  /**
   * Loads the rest; a part that fails is left out and its sentence is kept in `trouble`.
   * @param {(part: string) => void} onPart called as soon as a part is there
   */
  async openRest(onPart) {
    const { spec } = this;
    const part = async (name, make) => {
      try {
        this[name] = await make();
        onPart(name);
      } catch (error) {
        this.trouble.push(error.message);
        onPart("trouble");
      }
    };
    await part("centre", async () => {
      await this.need(spec.centre);
      return this.methods[spec.centre];
    });
    await Promise.all([
      part("linear", async () => (spec.linear ? withGroups(await Machine.open(spec.linear.folder), spec.groups.map((group) => group.linear)) : null)),
      part("average", async () => {
        const [graph, means] = await Promise.all([sharedGraph("plain_average"), fetchArrays(`${spec.dataset.folder}means.safetensors`)]);
        return { graph, pictures: withPictures(means.pictures, spec.groups) };
      }),
      part("classifier", () => loadGraph(`${spec.dataset.folder}classifier.onnx`)),
    ]);
    await part("shortcut", async () => {
      // A linear decoder clips after mixing, not before it, so its pictures cannot be mixed a second time.
      if (spec.model.linear) return null;
      this.machine.shortcut = new Shortcut(this.machine.decoder, await sharedGraph("mix_pictures"));
      return this.machine.shortcut;
    });
    await part("thumbs", () => this.machine.centroids());
    for (const method of spec.methods) await part("method", () => this.need(method.name));
  }

  /** The blend by the recipe's own method. */
  blend(mix) {
    return this.machine.make(mix, this.methods[mix.method], this.spec.model.linear ? Math.min(mix.k, this.machine.latent) : undefined);
  }

  /** The same mix as one averaged latent code. */
  centreOfMass(mix) {
    return this.machine.make({ ...mix, moving: false }, this.centre, this.spec.model.linear ? Math.min(mix.k, this.machine.latent) : undefined);
  }

  /** The same mix on the dataset's linear model with `k` components. */
  eigenImage(mix) {
    return this.linear.make({ ...mix, moving: false }, this.centre, Math.min(mix.k, this.linear.latent));
  }

  /** The weighted mean of the classes' mean pictures. */
  async plainAverage({ rows, shares }) {
    const key = rows.join();
    if (key !== this.averageKey) {
      this.averageKey = key;
      this.averageFeeds = { weights: tensor(new Float32Array(rows.length), [rows.length]), pictures: takeRows(this.average.pictures, rows) };
      this.averageFeeds.pictures = tensor(this.averageFeeds.pictures.data, this.averageFeeds.pictures.dims);
    }
    this.averageFeeds.weights.data.set(shares);
    return (await this.average.graph.run(this.averageFeeds)).picture.data;
  }

  /** The classifier's probabilities, one a class, for a picture. */
  async guess(picture) {
    const shape = [1, ...this.spec.dataset.shape];
    return (await this.classifier.run({ pictures: { data: picture, dims: shape } })).probabilities.data;
  }
}

function progressWords(name, received, total) {
  const size = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  return total ? `Loading ${name}: ${size(received)} of ${size(total)}` : `Loading ${name}: ${size(received)}`;
}
