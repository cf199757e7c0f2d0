// What the page loads, the first sheet before anything else: generators, then scorer, classifiers and curves.

import { fetchBytes } from "../engine/files.js";
import { loadGraph } from "../engine/runner.js";
import { Factory } from "./factory.js";
import { Measure } from "./measure.js";

/** The loading half of the view. */
export class Opening {
  constructor(view) {
    this.view = view;
    this.ticket = 0;
  }

  stop() {
    this.ticket++;
  }

  /** Opens a model; newer calls win over older ones. */
  async open(spec) {
    const ticket = ++this.ticket;
    const { view } = this;
    const current = () => ticket === this.ticket;
    this.dead = this.factory = this.scorer = this.curves = undefined;
    view.root.dataset.ready = "";
    view.live.forget();
    view.waiting(`Loading ${spec.model.title}`);
    view.warn("");
    try {
      const factory = await Factory.open(spec, (sentence) => current() && view.waiting(sentence));
      await factory.need(view.setting.family);
      if (!current()) return;
      this.factory = factory;
      view.waiting("");
      view.again();
    } catch (error) {
      if (!current()) return;
      view.waiting("");
      view.warn(error.message);
      return;
    }
    await this.rest(spec, current);
  }

  /** The parts that are not needed for the first sheet; one that fails says so, and the others come all the same. */
  async rest(spec, current) {
    const { view, factory } = this;
    const { files, folder } = spec.model;
    const trouble = [];
    const part = async (make) => {
      try {
        return await make();
      } catch (error) {
        trouble.push(error.message);
        return undefined;
      }
    };
    const graph = (url) => part(() => loadGraph(url));
    const [scorer, own, judge, curves] = await Promise.all([
      files.scorer && graph(`${folder}scorer.onnx`),
      files.own && graph(`${folder}own.onnx`),
      graph(`${spec.dataset.folder}classifier.onnx`),
      files.curves && part(() => curvesAt(folder)),
      files.arrays && part(() => factory.needArrays()),
    ]);
    if (!current()) return;
    this.scorer = scorer || undefined;
    this.curves = curves || null;
    this.dead = factory.arrays.dead?.data;
    this.judges = { ...(own && { own }), ...(judge && { judge }) };
    this.measure = new Measure(factory, this.judges, this.scorer);
    view.warn(trouble.join(" "));
    view.complete();
  }

  /** Has the chosen family ready; until then the last one goes on. */
  async need() {
    const { factory, view } = this;
    if (!factory || factory.has(view.setting.family)) return;
    try {
      await factory.need(view.setting.family);
      view.again();
    } catch (error) {
      view.warn(error.message);
    }
  }
}

/** The curves in a model's folder. */
export async function curvesAt(folder) {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(`${folder}curves.json`)));
}
