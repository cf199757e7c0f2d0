// Files over HTTP with progress, and errors that are sentences.

import { t } from "./language.js";

/**
 * Told how many bytes of a file have come; total is 0 when the server does not say.
 * @callback Progress
 * @param {number} received
 * @param {number} total
 * @returns {void}
 */

/** What a person is told when a file cannot be used; `url` says which file. */
export class FileError extends Error {
  /**
   * @param {string} sentence
   * @param {string} url
   */
  constructor(sentence, url) {
    super(sentence);
    this.name = "FileError";
    this.url = url;
  }
}

/**
 * The last two parts of a URL's path, to name a file in a sentence.
 * @param {string} url
 */
export function fileName(url) {
  return decodeURIComponent(url.split(/[?#]/)[0].split("/").slice(-2).join("/"));
}

/** @type {((url: string) => Promise<Uint8Array|undefined>)|undefined} */
let held;

/**
 * From here on files come from the page itself, and nothing is fetched (engine/held.js).
 * @param {(url: string) => Promise<Uint8Array|undefined>} from the bytes of a file, undefined where the page has none such
 */
export function holdFiles(from) {
  held = from;
}

/**
 * The bytes of a file.
 * @param {string} url
 * @param {Progress} [onProgress]
 * @returns {Promise<Uint8Array>}
 * @throws {FileError} no such file, no connection, or the connection ended early.
 */
export async function fetchBytes(url, onProgress) {
  if (held) {
    const bytes = await held(url);
    if (bytes) return bytes;
    throw new FileError(t("{file} could not be loaded: it is not part of this page, which asks no server. Open the blend in Medley.", { file: fileName(url) }), url);
  }
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw new FileError(t("{file} could not be loaded: no answer from the server. Check the connection and try again.", { file: fileName(url) }), url);
  }
  if (!response.ok) {
    const said = response.status === 404
      ? t("{file} could not be loaded: it is not there any more. Choose another model, or put the file back.", { file: fileName(url) })
      : t("{file} could not be loaded: the server answered {status}. Choose another model, or put the file back.", { file: fileName(url), status: response.status });
    throw new FileError(said, url);
  }
  try {
    if (!onProgress || !response.body) return new Uint8Array(await response.arrayBuffer());
    return await readAll(response.body.getReader(), totalOf(response.headers), onProgress);
  } catch {
    throw new FileError(t("{file} could not be loaded: the connection ended early. Try again.", { file: fileName(url) }), url);
  }
}

/**
 * The bytes of a file; 0 when the server does not say. Content-Length counts compressed bytes where the file came
 * compressed, so the server tells the others beside it (server/compression.py).
 * @param {Headers} headers
 */
export function totalOf(headers) {
  const name = headers.get("Content-Encoding") ? "X-Unpacked-Length" : "Content-Length";
  return Number(headers.get(name) ?? 0);
}

/**
 * All of a body, with progress.
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {number} total
 * @param {Progress} onProgress
 */
export async function readAll(reader, total, onProgress) {
  const parts = [];
  let received = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    received += step.value.length;
    onProgress(received, total);
  }
  const whole = new Uint8Array(received);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * One promise per key, made once; a failed one is forgotten so that the next call tries again.
 * @template T
 * @param {Map<string, Promise<T>>} cache
 * @param {string} key
 * @param {() => Promise<T>} make
 * @returns {Promise<T>}
 */
export function remember(cache, key, make) {
  const known = cache.get(key);
  if (known) return known;
  const promise = make();
  cache.set(key, promise);
  promise.catch(() => cache.delete(key));
  return promise;
}
