// ONNX graphs: named arrays in, named arrays out; the twin of latent_core/graphs/graph.py.

import * as ort from "../vendor/ort.wasm.bundle.min.mjs";
import { FileError, fetchBytes, fileName, readAll, remember, totalOf } from "./files.js";
import { t } from "./language.js";
import { graphUrl, vendorFolder } from "./urls.js";

/** What a graph is given, by the names of its inputs. @typedef {Record<string, {data: any, dims: number[]}>} Feeds */

/** What a graph gives, by the names of its outputs. @typedef {Record<string, {data: any, dims: number[]}>} Results */

ort.env.wasm.numThreads = 1; // the graphs are small: a second thread costs more than it brings
ort.env.wasm.wasmPaths = vendorFolder;
ort.env.logLevel = "error";

const SLOW = 3000; // ms after the page's start: who waits for the runtime's file then, waits long enough to be told

/** @type {Map<string, Promise<Graph>>} */
const cache = new Map();

/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * Tells how much of the runtime is here. onnxruntime fetches its own file, the largest of all, so the next answer with
 * WebAssembly is read a second time, as a copy. That costs work, so it is done on slow lines alone.
 * @param {(url: string, received: number, total: number) => void} onProgress
 */
export function onRuntime(onProgress) {
  const plain = globalThis.fetch;
  globalThis.fetch = async (...asked) => {
    const response = await plain(...asked);
    if (response.url.endsWith(".wasm") && response.body) {
      globalThis.fetch = plain;
      if (performance.now() < SLOW) return response;
      const { url } = response;
      const copy = /** @type {ReadableStream<Uint8Array>} */ (response.clone().body);
      readAll(copy.getReader(), totalOf(response.headers), (received, total) => onProgress(url, received, total)).catch(quiet);
    }
    return response;
  };
}

/**
 * An input for a graph that is used again and again: change `data` in place and run again, nothing is allocated.
 * @param {Float32Array|BigInt64Array|Int32Array|Uint8Array} data
 * @param {readonly number[]} dims [] for a scalar
 */
export function tensor(data, dims) {
  return new ort.Tensor(data, dims);
}

/** A graph that is ready to run. `inputs` and `outputs` are its names in order. */
export class Graph {
  /**
   * @param {ort.InferenceSession} session
   * @param {string} url
   */
  constructor(session, url) {
    this.session = session;
    this.url = url;
    this.inputs = session.inputNames;
    this.outputs = session.outputNames;
  }

  /**
   * Runs the graph. Runs of all graphs happen one after the other, in the order of the calls; between them only
   * promises resolve, so a chain of runs that starts in an animation frame ends in the same frame.
   * @param {Feeds} feeds made by `tensor` or plain {data, dims}; names that the graph does not have are left out.
   * @param {readonly string[]} [fetches] the outputs that are wanted; all without it.
   * @returns {Promise<Results>}
   */
  run(feeds, fetches = this.outputs) {
    /** @type {Record<string, ort.Tensor>} */
    const given = {};
    for (const name of this.inputs) {
      const value = feeds[name];
      if (!value) return Promise.reject(new FileError(`${fileName(this.url)} was run without its input ${name}.`, this.url));
      given[name] = value instanceof ort.Tensor ? value : tensor(value.data, value.dims);
    }
    return inTurn(() => this.session.run(given, fetches));
  }
}

/**
 * Does work when everything that was asked for before it is done, as onnxruntime does one thing at a time.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inTurn(work) {
  const result = queue.then(work);
  queue = result.then(quiet, quiet);
  return result;
}

function quiet() {}

/**
 * The graph at a URL, fetched and prepared once.
 * @param {string} url
 * @param {import("./files.js").Progress} [onProgress]
 * @returns {Promise<Graph>}
 * @throws {FileError} one sentence with what is wrong; `error.url` is the file.
 */
export function loadGraph(url, onProgress) {
  return remember(cache, url, async () => {
    const bytes = await fetchBytes(url, onProgress);
    try {
      return new Graph(await inTurn(() => ort.InferenceSession.create(bytes, { executionProviders: ["wasm"], graphOptimizationLevel: "all" })), url);
    } catch (error) {
      const said = String(error);
      if (/wasm|backend/i.test(said)) {
        const why = error instanceof Error ? error.message : said;
        throw new FileError(t("The picture engine could not start in this browser ({why}).", { why: why.slice(0, 120) }), url);
      }
      throw new FileError(t("{file} is damaged: it is not a graph that can be run. Copy it again, or choose another model.", { file: fileName(url) }), url);
    }
  });
}

/**
 * The shared graph of that name (latent_core/graphs/shared).
 * @param {string} name
 * @param {import("./files.js").Progress} [onProgress]
 */
export function sharedGraph(name, onProgress) {
  return loadGraph(graphUrl(name), onProgress);
}
