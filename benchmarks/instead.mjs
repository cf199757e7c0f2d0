// Gives Node a changed module in place of a file, as the environment says: node --import instead.mjs. MUTANT is JSON,
// {path, start, end, text}: the source of `path` from `start` to `end` becomes `text`. `benchmarks.mutants` sets it.

import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

const { path, start, end, text } = JSON.parse(process.env.MUTANT);
if (isMainThread) register(import.meta.url);

/** Node's hook: what is in a module. */
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.startsWith("file:") || fileURLToPath(url) !== path) return loaded;
  const source = String(loaded.source);
  return { ...loaded, source: source.slice(0, start) + text + source.slice(end) };
}
