// What screens and eyes differ in: density, colour vision, the size of letters.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { channelsOf, colourOf, symbolOf } from "../../web/ui/colours.js";
import { Room } from "../../web/ui/room.js";

const web = new URL("../../web/", import.meta.url);
const read = (name) => readFileSync(new URL(name, web), "utf8");
const files = (ending) => readdirSync(web, { recursive: true }).map(String).filter((name) => name.endsWith(ending) && !name.startsWith("vendor"));

// Machado, Oliveira, Fernandes (2009), full severity, on linear RGB.
const EYES = {
  most: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

/** CIELAB of a colour as such eyes see it. */
function seen(colour, matrix) {
  const linear = channelsOf(colour).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  const [r, g, b] = matrix.map((line) => Math.min(1, Math.max(0, line.reduce((sum, share, i) => sum + share * linear[i], 0))));
  const [x, y, z] = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883].map(
    (t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116),
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test("forty classes have forty pairs of colour and symbol", () => {
  assert.equal(new Set(Array.from({ length: 40 }, (_, i) => `${colourOf(i)} ${symbolOf(i)}`)).size, 40);
});

for (const [eyes, matrix] of Object.entries(EYES)) {
  test(`twenty classes can be told apart by colour or symbol (${eyes})`, () => {
    for (let i = 0; i < 20; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [seen(colourOf(i), matrix), seen(colourOf(j), matrix)];
        const far = Math.hypot(...a.map((value, k) => value - b[k]));
        assert.ok(far > 20 || symbolOf(i) !== symbolOf(j), `${i} and ${j} are ${far.toFixed(0)} apart`);
      }
    }
  });
}

test("a room tells of each change of density, and of none once it is left", () => {
  const queries = [];
  let told = 0;
  globalThis.ResizeObserver = /** @type {any} */ (class { observe() {} disconnect() {} });
  globalThis.matchMedia = /** @type {any} */ ((media) => {
    const query = Object.assign(new EventTarget(), { media });
    queries.push(query);
    return query;
  });
  const move = (density) => {
    globalThis.devicePixelRatio = density;
    queries.slice().forEach((query) => query.dispatchEvent(new Event("change")));
  };
  globalThis.devicePixelRatio = 1;
  const room = new Room(/** @type {any} */ ({}), () => told++);
  move(2);
  move(1.5);
  assert.equal(told, 2);
  assert.equal(queries.at(-1).media, "(resolution: 1.5dppx)");
  room.stop();
  move(1);
  assert.equal(told, 2);
});

test("whoever draws as sharp as the screen hears of another screen", () => {
  const drawing = files(".js").filter((name) => /\b(sharpCanvas|devicePixelRatio)\b/.test(read(name)) && !/^ui\/(canvas|room)\.js$/.test(name));
  assert.ok(drawing.length >= 3);
  for (const name of drawing) assert.match(read(name === "map/stage.js" ? "map/explorer.js" : name), /new Room\(/, name);
});

test("pages fold up by the size of their letters, not by pixels", () => {
  for (const name of files(".css")) assert.doesNotMatch(read(name), /@container[^{]*\dpx/, name);
});

test("no print is smaller than 14 pixels", () => {
  const sizes = files(".css").flatMap((name) => [...read(name).matchAll(/\bfont(?:-size)?:[^;}]*?([\d.]+)(rem|em|px)\b/g)].map(([said, size, unit]) => ({ said: `${name}: ${said}`, px: Number(size) * (unit === "px" ? 1 : 16) })));
  const drawn = files(".js").flatMap((name) => [...read(name).matchAll(/\bfont\b[^\n]*?(\d+)px/g)].map(([said, size]) => ({ said: `${name}: ${said}`, px: Number(size) })));
  assert.ok(sizes.length > 50 && drawn.length);
  assert.deepEqual([...sizes, ...drawn].filter(({ px }) => px < 14).map(({ said }) => said), []);
});
