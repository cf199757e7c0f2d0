// Files over HTTP with progress, and errors that are sentences.

/** What a person is told when a file cannot be used; `url` says which file. */
export class FileError extends Error {
  constructor(sentence, url) {
    super(sentence);
    this.name = "FileError";
    this.url = url;
  }
}

/** The last part of a URL's path, to name a file in a sentence. */
export function fileName(url) {
  return decodeURIComponent(new URL(url, location.href).pathname.split("/").slice(-2).join("/"));
}

/**
 * The bytes of a file.
 * @param {string} url
 * @param {(received: number, total: number) => void} [onProgress] bytes so far; total is 0 when the server does not say.
 * @returns {Promise<Uint8Array>}
 * @throws {FileError} no such file, no connection, or the connection ended early.
 */
export async function fetchBytes(url, onProgress) {
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw new FileError(`${fileName(url)} could not be loaded: no answer from the server. Check the connection and try again.`, url);
  }
  if (!response.ok) {
    const why = response.status === 404 ? "it is not there any more" : `the server answered ${response.status}`;
    throw new FileError(`${fileName(url)} could not be loaded: ${why}. Choose another model, or put the file back.`, url);
  }
  try {
    if (!onProgress || !response.body) return new Uint8Array(await response.arrayBuffer());
    return await readAll(response, onProgress);
  } catch {
    throw new FileError(`${fileName(url)} could not be loaded: the connection ended early. Try again.`, url);
  }
}

async function readAll(response, onProgress) {
  // Content-Length counts compressed bytes where the file came compressed, so it is no total then.
  const packed = response.headers.get("Content-Encoding");
  const total = packed ? 0 : Number(response.headers.get("Content-Length") ?? 0);
  const reader = response.body.getReader();
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

/** A promise a key, made once; a failed one is forgotten so that the next call tries again. */
export function remember(cache, key, make) {
  if (!cache.has(key)) {
    const promise = make();
    cache.set(key, promise);
    promise.catch(() => cache.delete(key));
  }
  return cache.get(key);
}
