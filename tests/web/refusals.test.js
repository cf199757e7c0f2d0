// What a browser may refuse: storage, the clipboard, downloads, reading a canvas.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { pictureUrl } from "../../web/ui/canvas.js";
import { copy } from "../../web/ui/clipboard.js";
import { inSymbol, symbolOf } from "../../web/ui/colours.js";
import { forbidden } from "../../web/ui/downloads.js";
import { Store } from "../../web/ui/store.js";

const web = new URL("../../web/", import.meta.url);
const files = readdirSync(web, { recursive: true }).map(String).filter((name) => name.endsWith(".js") && !name.startsWith("vendor"));

const denied = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};
const full = { getItem: () => "old", setItem: denied };
const empty = () => {
  const held = new Map();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => held.set(key, text) };
};

/** Gives this process a localStorage. */
function storage(get) {
  Object.defineProperty(globalThis, "localStorage", { get, configurable: true });
  return new Store("localStorage");
}

for (const [name, get] of [["denied", denied], ["absent", () => undefined], ["null", () => null], ["full", () => full]]) {
  test(`a store that is ${name} keeps things as long as the page is open, and says that it does no more`, () => {
    const store = storage(get);
    assert.equal(store.read(`${name} other`), name === "full" ? "old" : null);
    assert.equal(store.write(name, "one"), false);
    assert.equal(store.read(name), "one");
  });
}

test("a store that works is the browser's own, also once it has room again", () => {
  const kept = empty();
  const store = storage(denied);
  store.write("key", "one");
  storage(() => kept);
  assert.equal(store.write("key", "two"), true);
  kept.setItem("key", "from another tab");
  assert.equal(store.read("key"), "from another tab");
});

test("copying takes the browser's way, then the old one, then says what to do", async () => {
  const said = [];
  const tried = [];
  const native = { writeText: async (text) => void tried.push(`native ${text}`) };
  const refusing = { writeText: async () => denied() };
  const byHand = (works) => (text) => Boolean(tried.push(`by hand ${text}`)) && works;
  await copy("a", native, byHand(true), (sentence) => said.push(sentence));
  await copy("b", refusing, byHand(true), (sentence) => said.push(sentence));
  await copy("c", undefined, byHand(true), (sentence) => said.push(sentence));
  assert.deepEqual([tried, said], [["native a", "by hand b", "by hand c"], []]);
  await assert.rejects(copy("d", undefined, byHand(false), (sentence) => said.push(sentence)), { name: "NotAllowedError" });
  assert.match(said.join(), /press Ctrl\+C/);
});

test("a frame that may save nothing is known", () => {
  const framed = (...allowed) => ({ frameElement: { sandbox: { length: allowed.length, contains: (word) => allowed.includes(word) } } });
  assert.equal(forbidden({ frameElement: null }), false);
  assert.equal(forbidden(framed()), false); // no sandbox at all
  assert.equal(forbidden(framed("allow-scripts", "allow-same-origin")), true);
  assert.equal(forbidden(framed("allow-scripts", "allow-downloads")), false);
  assert.equal(forbidden(Object.defineProperty({}, "frameElement", { get: denied })), false);
});

test("a picture's URL holds its pixels, and no canvas is read for it", () => {
  const url = pictureUrl(Float32Array.from([9, 9, 0, 0.5, 1, 0.2, 0.4, 0.6]), [1, 2, 3], 2);
  const bytes = Buffer.from(url.split(",")[1], "base64");
  assert.equal(bytes.toString("latin1", 0, 2), "BM");
  assert.deepEqual([bytes.length, bytes.readUInt32LE(2), bytes.readInt32LE(18), bytes.readInt32LE(22)], [78, 78, 3, 2]);
  const grey = (x, y) => [...bytes.subarray(54 + (1 - y) * 12 + 3 * x).subarray(0, 3)];
  assert.deepEqual([grey(0, 0), grey(1, 0), grey(2, 0), grey(0, 1)], [[0, 0, 0], [128, 128, 128], [255, 255, 255], [51, 51, 51]]);
  const colour = Buffer.from(pictureUrl([1, 0.4, 0], [3, 1, 1]).split(",")[1], "base64");
  assert.deepEqual([...colour.subarray(54, 57)], [0, 102, 255]); // blue, green, red
});

test("a symbol's middle is inside and its bounding box's corners are not", () => {
  for (const symbol of new Set(Array.from({ length: 40 }, (_, i) => symbolOf(i)))) {
    assert.ok(inSymbol(symbol, 0, 0), symbol);
    assert.ok(!inSymbol(symbol, 1.2, -1.2) && !inSymbol(symbol, -1.2, -1.2), symbol);
  }
  assert.ok(inSymbol("square", 0.8, 0.8) && !inSymbol("diamond", 0.8, 0.8) && !inSymbol("circle", 0.8, 0.8));
});

test("what may be refused is asked for in one place each", () => {
  const places = {
    "ui/store.js": /\b(localStorage|sessionStorage|indexedDB|cookieStore|document\.cookie)\b/,
    "ui/clipboard.js": /\b(navigator\.clipboard|execCommand)\b/,
    "ui/downloads.js": /\b(a\[download\]|\.download\b|showSaveFilePicker|createObjectURL|toBlob)/,
    "ui/full_screen.js": /\b(requestFullscreen|exitFullscreen)\b/,
    none: /\b(getImageData|toDataURL|Notification|crypto\.subtle|randomUUID|SharedArrayBuffer|navigator\.(share|storage|locks|serviceWorker))\b/,
  };
  for (const name of files) {
    const code = readFileSync(new URL(name, web), "utf8").replace(/\/\*[^]*?\*\/|\/\/.*$/gm, "");
    for (const [place, pattern] of Object.entries(places)) if (name !== place) assert.doesNotMatch(code, pattern, name);
  }
});
