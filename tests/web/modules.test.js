// The modules of web/: which may know which, and that none stands in a circle.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../web", import.meta.url));
const files = walk(web).filter((path) => path.endsWith(".js"));
const imports = new Map(files.map((path) => [path, importsOf(path)]));
const pages = ["blend", "map", "eigen", "generate"];

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "vendor") return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** The files that a module imports, without types and the vendored library. */
function importsOf(path) {
  const found = readFileSync(path, "utf8").matchAll(/^\s*(?:import|export)\b[^;]*?\bfrom\s+"(\.[^"]+)"|^import\s+"(\.[^"]+)"/gm);
  return [...found].map((match) => normalize(join(dirname(path), match[1] ?? match[2]))).filter((other) => !other.includes("vendor"));
}

const named = (path) => relative(web, path);
const folderOf = (path) => named(path).split("/").slice(0, -1)[0] ?? "";

test("there are modules, and what they import exists", () => {
  assert.ok(files.length > 50);
  for (const [path, others] of imports) for (const other of others) assert.ok(imports.has(other), `${named(path)} imports ${named(other)}`);
});

test("no module imports itself through others", () => {
  const done = new Set();
  const visit = (path, way) => {
    const at = way.indexOf(path);
    assert.equal(at, -1, [...way.slice(at), path].map(named).join(" -> "));
    if (done.has(path)) return;
    for (const other of imports.get(path)) visit(other, [...way, path]);
    done.add(path);
  };
  for (const path of files) visit(path, []);
});

test("the engine stands on itself alone, ui on the engine, a page's folder on both, and nothing on an entry", () => {
  const below = { engine: ["engine"], ui: ["engine", "ui"], "": ["engine", "ui", ...pages] };
  for (const page of pages) below[page] = ["engine", "ui", page];
  for (const [path, others] of imports) {
    for (const other of others) {
      assert.ok(below[folderOf(path)].includes(folderOf(other)), `${named(path)} imports ${named(other)}`);
    }
  }
});

test("the engine knows no page: neither document nor window", () => {
  for (const path of files.filter((one) => folderOf(one) === "engine")) {
    const code = readFileSync(path, "utf8").replace(/\/\*[^]*?\*\/|\/\/.*$/gm, "");
    assert.doesNotMatch(code, /\b(document|window|location|localStorage|requestAnimationFrame)\b/, named(path));
  }
});
