// The modules of web/: which may know which, and that none stands in a circle.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../web", import.meta.url));
const files = walk(web).filter((path) => path.endsWith(".js"));
const imports = new Map(files.map((path) => [path, importsOf(path)]));
const pages = ["blend", "map", "eigen", "generate", "compare", "directions", "showing", "quiz"];

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

/** CSS classes: a page's own begin with the name of one of its cards, the others are those of ui/. */
const cards = {
  blend: ["blend", "pictures", "evidence", "minimap", "making", "where"],
  map: ["map"],
  eigen: ["eigen"],
  generate: ["generate", "sheet", "controls", "reading", "theta", "curve", "paper", "saved", "maths"],
  compare: ["compare"],
  directions: ["directions"],
  showing: ["showing", "gallery", "present", "tour"],
  quiz: ["quiz"],
};
const classesOf = (css) => [...css.replace(/\/\*[^]*?\*\/|\{[^{}]*\}/g, " ").matchAll(/\.([a-zA-Z][\w-]*)/g)].map((match) => match[1]);
const shared = new Set(["ui/ui.css", "ui/mixing.css", "ui/contrast.css"].flatMap((name) => classesOf(readFileSync(join(web, name), "utf8"))));

test("a page's CSS classes begin with their card, no card has two pages, and what a page's elements are called is such a class", () => {
  assert.equal(new Set(Object.values(cards).flat()).size, Object.values(cards).flat().length);
  assert.deepEqual(Object.keys(cards), pages);
  for (const [page, own] of Object.entries(cards)) {
    const fits = (name) => shared.has(name) || own.some((card) => name === card || name.startsWith(`${card}-`));
    const defined = classesOf(readFileSync(join(web, page, `${page}.css`), "utf8"));
    assert.ok(defined.length > 5, page);
    assert.deepEqual(defined.filter((name) => !fits(name)), [], `${page}.css`);
    for (const path of files.filter((one) => folderOf(one) === page)) {
      const given = [...readFileSync(path, "utf8").matchAll(/\bclass: ([^,}]*)|classList\.\w+\("([\w-]+)"/g)];
      const names = given.flatMap(([, value, name]) => name ?? [...value.matchAll(/["`]([\w -]+)/g)].flatMap((text) => text[1].split(" ")));
      assert.deepEqual(names.filter((name) => name && !fits(name)), [], named(path));
    }
  }
});

test("names of files in a model's or dataset's folder stand in engine/urls.js alone, and are those of latent_core", () => {
  const layout = readFileSync(join(web, "../latent_core/artifacts/layout.py"), "utf8");
  const names = [...layout.matchAll(/^[A-Z_\d]+ = "([\w.]+)"/gm)].map((match) => match[1]);
  assert.ok(names.includes("decoder.onnx") && names.length > 15);
  for (const path of files) {
    const text = readFileSync(path, "utf8");
    const spelled = [...text.matchAll(/\b\w+\.(?:onnx|safetensors|webp|json)\b/g)].map((match) => match[0]);
    if (named(path) === "engine/urls.js") assert.deepEqual(spelled.filter((name) => !names.includes(name)), []);
    else assert.deepEqual(spelled, [], named(path));
  }
});

test("nothing reads what is kept for tests: window.medley is written by ui/for_tests.js alone", () => {
  for (const path of files.filter((one) => named(one) !== "ui/for_tests.js")) {
    const code = readFileSync(path, "utf8").replace(/\/\*[^]*?\*\/|\/\/.*$/gm, "").replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/g, '""');
    assert.doesNotMatch(code, /(\.|\?\.|\[")medley\b/, named(path));
    assert.doesNotMatch(code, /(?:=|return|\(|=>|,)\s*expose(?:Frame)?\(/, `${named(path)} uses what a hook answers`);
  }
});

test("the whole document is watched once, by ui/document.js", () => {
  const watching = files.filter((one) => /\.observe\(document\b/.test(readFileSync(one, "utf8")));
  assert.deepEqual(watching.map(named), ["ui/document.js"]);
});
