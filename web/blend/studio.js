// Everything that the pictures of one dataset and model need, loaded in two steps: the blend first, the rest after it.

import { fetchArrays, loadGraph, takeRows, tensor } from "../engine/runner.js";
import { withGroups, withPictures } from "../engine/groups.js";
import { Machine, joined, loadMethod, sharedGraph } from "../engine/model.js";
import { sharesWithout } from "../engine/mix.js";
import { Shortcut } from "../engine/shortcut.js";

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
    this.unjudged = spec.dataset.unjudged; // why nothing is said about who is in the picture
  }

  /** Has a blending method ready. */
  async need(name) {
    this.methods[name] ??= await loadMethod(this.spec.methods.find((one) => one.name === name), this.machine);
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
      part("judge", () => this.openJudge()),
      part("sharpness", () => (spec.dataset.judge ? sharedGraph("sharpness") : null)),
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

  async openJudge() {
    if (!this.spec.dataset.judge) return null;
    try {
      return await loadGraph(`${this.spec.dataset.folder}judge.onnx`);
    } catch (error) {
      this.unjudged = `${error.message} Until then nothing is said about who is in the picture.`;
      throw error;
    }
  }

  /** The blend by the recipe's own method, with its place in the latent space. */
  blend(mix) {
    return this.machine.make(mix, this.methods[mix.method], this.kept(mix));
  }

  /**
   * One of the other pictures of the same mix: centre, the mix as one averaged latent code; eigen, the same on the
   * dataset's linear model with `k` components; plain, the weighted mean of the classes' mean pictures.
   */
  async other(part, mix) {
    if (part === "plain") return this.plainAverage(mix);
    return (await this.source(part).make({ ...this.fitting(part, mix), moving: false }, this.centre, this.kept(mix, part))).picture;
  }

  /** Pictures with one class of the mix taken out each, (out, pixels). @param {number[]} out places in mix.rows */
  async without(part, mix, out) {
    if (part === "blend") return this.machine.without(mix, this.methods[mix.method], this.kept(mix), out);
    if (part !== "plain") return this.source(part).without(this.fitting(part, mix), this.centre, this.kept(mix, part), out);
    const pictures = [];
    for (const place of out) pictures.push(await this.plainAverage({ ...mix, shares: sharesWithout(mix.shares, place) }));
    return joined(pictures);
  }

  source(part) {
    return part === "eigen" ? this.linear : this.machine;
  }

  /** The mix as another machine takes it: the pattern of theta is about the dimensions of the recipe's own model. */
  fitting(part, mix) {
    return part === "eigen" && this.linear.folder !== this.machine.folder ? { ...mix, pattern: "" } : mix;
  }

  /** Dimensions that are used: a linear model keeps `k` of them. */
  kept({ k }, part) {
    if (part === "eigen") return Math.min(k, this.linear.latent);
    return this.spec.model.linear ? Math.min(k, this.machine.latent) : undefined;
  }

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

  /** The judge's bits (count, classes) of pictures (count, pixels). */
  async bits(pictures, count) {
    return (await this.judge.run({ pictures: this.shaped(pictures, count) })).bits.data;
  }

  /** Sharpness, 0 to 1, of each of the pictures (count, pixels). */
  async crispness(pictures, count) {
    this.real ??= tensor(Float32Array.from(this.spec.dataset.judge.real), [3]);
    return (await this.sharpness.run({ pictures: this.shaped(pictures, count), real: this.real })).sharpness.data;
  }

  shaped(data, count) {
    return { data, dims: [count, ...this.spec.dataset.shape] };
  }
}

function progressWords(name, received, total) {
  const size = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  return total ? `Loading ${name}: ${size(received)} of ${size(total)}` : `Loading ${name}: ${size(received)}`;
}
