// ONNX graphs in the browser: named arrays in, named arrays out; the twin of latent_core/graphs.py.

import * as ort from "../vendor/ort.wasm.bundle.min.mjs";
import { FileError, fetchBytes, fileName, remember } from "./files.js";
import { vendorFolder } from "./urls.js";

export { fetchArrays, takeRows } from "./safetensors.js";
export { FileError, fetchBytes } from "./files.js";

ort.env.wasm.numThreads = 1; // the graphs are small: a second thread costs more than it brings
ort.env.wasm.wasmPaths = vendorFolder;
ort.env.logLevel = "error";

const cache = new Map();
let queue = Promise.resolve();

/**
 * An input for a graph that is used again and again: change `data` in place and run again, nothing is allocated.
 * @param {Float32Array|BigInt64Array|Int32Array|Uint8Array} data
 * @param {number[]} dims [] for a scalar
 */
export function tensor(data, dims) {
  return new ort.Tensor(data, dims);
}

/** A graph that is ready to run. `inputs` and `outputs` are its names in order. */
export class Graph {
  constructor(session, url) {
    this.session = session;
    this.url = url;
    this.inputs = session.inputNames;
    this.outputs = session.outputNames;
  }

  /**
   * Runs the graph. Runs of all graphs happen one after the other, in the order of the calls; between them only
   * promises resolve, so a chain of runs that starts in an animation frame ends in the same frame.
   * @param {Record<string, {data: ArrayLike<number>, dims: number[]}>} feeds the graph's inputs by name, made by
   *   `tensor` or plain {data, dims}; names that the graph does not have are left out.
   * @param {string[]} [fetches] the outputs that are wanted; all without it.
   * @returns {Promise<Record<string, {data: Float32Array, dims: number[]}>>}
   */
  run(feeds, fetches = this.outputs) {
    const given = {};
    for (const name of this.inputs) {
      const value = feeds[name];
      if (!value) return Promise.reject(new FileError(`${fileName(this.url)} was run without its input ${name}.`, this.url));
      given[name] = value instanceof ort.Tensor ? value : tensor(value.data, value.dims);
    }
    const result = queue.then(() => this.session.run(given, fetches));
    queue = result.then(quiet, quiet);
    return result;
  }
}

function quiet() {}

/**
 * The graph at a URL, fetched and prepared once.
 * @param {string} url
 * @param {(received: number, total: number) => void} [onProgress] bytes so far; total 0 when not known.
 * @returns {Promise<Graph>}
 * @throws {FileError} one sentence with what is wrong; `error.url` is the file.
 */
export function loadGraph(url, onProgress) {
  return remember(cache, url, async () => {
    const bytes = await fetchBytes(url, onProgress);
    const turn = queue.then(() => ort.InferenceSession.create(bytes, { executionProviders: ["wasm"], graphOptimizationLevel: "all" }));
    queue = turn.then(quiet, quiet);
    try {
      return new Graph(await turn, url);
    } catch (error) {
      if (/wasm|backend/i.test(String(error))) {
        throw new FileError(`The picture engine could not start in this browser (${String(error.message).slice(0, 120)}).`, url);
      }
      throw new FileError(`${fileName(url)} is damaged: it is not a graph that can be run. Copy it again, or choose another model.`, url);
    }
  });
}
