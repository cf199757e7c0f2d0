// The map's geometry: camera, picking, box and lasso, labels, pictures in place of points, and what stands out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../../web/map/camera.js";
import { leftOutWords } from "../../web/map/inspector.js";
import { middles, placeLabels } from "../../web/map/overlay.js";
import { Grid } from "../../web/map/picking.js";
import { countByClass, packRows, Rows, unpackRows } from "../../web/map/rows.js";
import { rowsInside, Selection } from "../../web/map/selection.js";
import { chosenIn, emptyState, levelsOf } from "../../web/map/state.js";
import { PicturePoints, SIZE, spaced, within } from "../../web/map/thumbnails.js";

/** Numbers 0..1 that are the same in every run (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function points(n, dims, seed, spread = 10) {
  const next = random(seed);
  return Float32Array.from({ length: n * dims }, () => spread * (next() - 0.3));
}

function cameraOn(places, dims, width = 800, height = 600) {
  const camera = new Camera();
  camera.resize(width, height);
  camera.frame(places, dims);
  return camera;
}

function onScreen(camera, places) {
  const n = places.length / camera.dims;
  const [xs, ys, depth] = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  camera.project(places, xs, ys, depth);
  return { xs, ys, depth };
}

const near = (a, b, tolerance) => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

for (const dims of [2, 3]) {
  test(`${dims}-D: at first every point is on the screen, clear of the buttons`, () => {
    const places = points(500, dims, 1);
    const { xs, ys, depth } = onScreen(cameraOn(places, dims), places);
    assert.ok(xs.every((x) => x >= 29 && x <= 771) && ys.every((y) => y >= 57 && y <= 543));
    if (dims === 3) assert.ok(depth.every((d) => d >= 0 && d <= 1) && Math.max(...depth) > Math.min(...depth) + 0.2);
  });

  test(`${dims}-D: a pixel's place is drawn at that pixel, wherever the camera looks`, () => {
    const camera = cameraOn(points(100, dims, 2), dims);
    const next = random(3);
    for (let i = 0; i < 50; i++) {
      camera.pan(60 * (next() - 0.5), 60 * (next() - 0.5));
      camera.zoomAt(0.5 + next(), 800 * next(), 600 * next());
      if (dims === 3) camera.turn(90 * (next() - 0.5), 90 * (next() - 0.5));
      const [x, y] = [800 * next(), 600 * next()];
      const [backX, backY] = camera.toScreen(camera.toPlace(x, y));
      near(backX, x, 0.05);
      near(backY, y, 0.05);
    }
  });

  test(`${dims}-D: zooming keeps the place under the pointer, and fitting undoes all of it`, () => {
    const camera = cameraOn(points(100, dims, 4), dims);
    const before = camera.toPlace(123, 456);
    const { scale } = camera;
    camera.zoomAt(2.5, 123, 456);
    near(camera.scale, 2.5 * scale, 1e-6 * scale);
    camera.toPlace(123, 456).forEach((value, axis) => near(value, before[axis], 1e-4));
    camera.pan(50, -20);
    camera.reset();
    near(camera.scale, scale, 1e-9 * scale);
    assert.deepEqual(camera.target, cameraOn(points(100, dims, 4), dims).target);
  });
}

test("the point under a pixel is the nearest one, a shown one before a dimmed one", () => {
  const next = random(5);
  const n = 2000;
  const xs = Float32Array.from({ length: n }, () => 900 * next() - 50);
  const ys = Float32Array.from({ length: n }, () => 700 * next() - 50);
  const grid = new Grid(xs, ys, 800, 600);
  const isInside = (i) => xs[i] >= 0 && ys[i] >= 0 && xs[i] < 800 && ys[i] < 600;
  assert.equal(grid.inside, [...xs.keys()].filter(isInside).length);
  const all = new Uint8Array(n).fill(1);
  for (let tries = 0; tries < 300; tries++) {
    const [x, y] = [800 * next(), 600 * next()];
    const found = [...xs.keys()].filter((i) => isInside(i) && Math.hypot(xs[i] - x, ys[i] - y) <= 14);
    const best = found.length ? found.reduce((a, b) => (Math.hypot(xs[a] - x, ys[a] - y) <= Math.hypot(xs[b] - x, ys[b] - y) ? a : b)) : -1;
    assert.equal(grid.nearest(x, y, 14, all), best);
  }
  const two = new Grid(Float32Array.of(100, 104), Float32Array.of(100, 100), 800, 600);
  assert.equal(two.nearest(101, 100, 14, Uint8Array.of(0, 1)), 1);
  assert.equal(two.nearest(101, 100, 14, Uint8Array.of(0, 0)), 0);
  assert.equal(two.nearest(500, 500, 14, Uint8Array.of(1, 1)), -1);
  assert.equal(two.nearest(100, 100, 14, Uint8Array.of(1, 1), Float32Array.of(0, 1)), 0);
});

test("arrow keys step to the near point straight ahead, never to a dimmed one, and stop at the end", () => {
  const grid = new Grid(Float32Array.of(100, 140, 300, 100, 130), Float32Array.of(100, 100, 104, 200, 101), 800, 600);
  const level = Uint8Array.of(1, 1, 1, 1, 0);
  assert.equal(grid.towards(0, 1, 0, level), 1);
  assert.equal(grid.towards(1, 1, 0, level), 2);
  assert.equal(grid.towards(2, 1, 0, level), -1);
  assert.equal(grid.towards(0, 0, 1, level), 3);
  assert.equal(grid.towards(1, -1, 0, level), 0);
});

test("the rows inside an outline are those that it winds around, also for one that is not convex", () => {
  const outline = [[0, 0], [10, 0], [10, 10], [5, 3], [0, 10]];
  const places = points(3000, 2, 6, 20);
  const xs = places.filter((_, i) => i % 2 === 0);
  const ys = places.filter((_, i) => i % 2 === 1);
  const winds = (x, y) => {
    const turns = outline.reduce((sum, [ax, ay], i) => {
      const [bx, by] = outline[(i + 1) % outline.length];
      const angle = Math.atan2(by - y, bx - x) - Math.atan2(ay - y, ax - x);
      return sum + Math.atan2(Math.sin(angle), Math.cos(angle));
    }, 0);
    return Math.abs(turns) > Math.PI;
  };
  const expected = [...xs.keys()].filter((i) => winds(xs[i], ys[i]));
  assert.ok(expected.length > 200);
  assert.deepEqual([...rowsInside(outline, xs, ys)], expected);
  assert.equal(rowsInside(outline.slice(0, 2), xs, ys).length, 0);
});

/** A stage without a screen, for tools that select. */
function stageWith(places, dims) {
  const camera = cameraOn(places, dims);
  const stage = { camera, layout: { places, dims, names: [], titles: [], linear: null }, ...onScreen(camera, places), marks: {}, mark: (changes) => Object.assign(stage.marks, changes) };
  return stage;
}

/** A map whose points are of two classes in turn; those of `chosen` stand out. */
function stateOf(stage, tool, chosen = []) {
  const y = Int16Array.from(stage.xs, (_, i) => i % 2);
  return { ...emptyState(), tool, rows: { y }, view: { chosen }, dataset: { classes: ["even", "odd"] } };
}

test("a selection takes what stands out, and knows how many it left out", () => {
  const stage = stageWith(points(400, 2, 7), 2);
  const state = stateOf(stage, "box", ["odd"]);
  const selection = new Selection({ state, stage, onChange: () => {} });
  const box = () => {
    selection.start(0, 0);
    selection.move(800, 600);
    selection.end();
  };
  box();
  assert.ok(state.selected.length === 200 && state.selected.every((row) => row % 2 === 1));
  assert.equal(state.leftOut, 200);
  assert.equal(leftOutWords(state.leftOut), "200 dimmed points inside stay out of it.");
  box();
  assert.deepEqual([state.selected.length, state.leftOut], [200, 200], "the selection before it does not count");
  state.view.chosen = [];
  box();
  assert.deepEqual([state.selected.length, leftOutWords(state.leftOut)], [400, ""]);
});

test("a box selects the points between its corners and moves with a flat map", () => {
  const stage = stageWith(points(400, 2, 7), 2);
  const state = stateOf(stage, "box");
  let told = 0;
  const selection = new Selection({ state, stage, onChange: () => told++ });
  selection.start(200, 150);
  selection.move(300, 200);
  assert.deepEqual(stage.marks.outline, { corners: [[200, 150], [300, 150], [300, 200], [200, 200]], onMap: false, open: false });
  selection.move(500, 400);
  selection.end();
  const expected = [...stage.xs.keys()].filter((i) => stage.xs[i] > 200 && stage.xs[i] < 500 && stage.ys[i] > 150 && stage.ys[i] < 400);
  assert.deepEqual([...state.selected], expected);
  assert.equal(told, 1);
  assert.ok(stage.marks.outline.onMap);
  selection.clear();
  assert.deepEqual([state.selected, stage.marks.outline, told], [null, null, 2]);
});

test("a lasso leaves out corners that lie together, and can be cancelled", () => {
  const stage = stageWith(points(50, 3, 8), 3);
  const state = stateOf(stage, "lasso");
  const selection = new Selection({ state, stage, onChange: () => {} });
  selection.start(0, 0);
  for (const [x, y] of [[1, 1], [800, 0], [800, 1], [800, 600], [0, 600]]) selection.move(x, y);
  assert.equal(selection.corners.length, 4);
  assert.ok(stage.marks.outline.open);
  assert.equal(selection.cancel(), true);
  assert.equal(selection.cancel(), false);
  assert.equal(state.selected, null);
  selection.start(0, 0);
  for (const [x, y] of [[800, 0], [800, 600], [0, 600]]) selection.move(x, y);
  selection.end();
  assert.equal(state.selected.length, 50);
  assert.equal(stage.marks.outline, null, "in 3-D an outline means nothing once the cloud turns");
});

test("class names stand at the median of their points", () => {
  const places = Float32Array.of(0, 0, 1, 5, 9, 1, 4, 4);
  assert.deepEqual(middles({ places, dims: 2 }, Int16Array.of(0, 0, 0, 2), 3), [[1, 1], null, [4, 4]]);
});

test("no class name covers another or what is kept free; a chosen one is placed first", () => {
  const next = random(9);
  const camera = cameraOn(points(100, 2, 10), 2);
  const labels = Array.from({ length: 40 }, (_, index) => ({ index, name: `class ${index}`, place: [4 * next(), 4 * next()], bold: index === 39 }));
  const free = /** @type {[number, number, number, number]} */ ([350, 250, 450, 350]);
  const placed = placeLabels(labels, camera, () => 30, [free], 4);
  assert.equal(placed[0].label.index, 39);
  assert.ok(placed.length > 5 && placed.length <= 40);
  const boxes = [free, ...placed.map(({ box }) => box)];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => assert.ok(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1])));
  for (const place of [[-0.2, 2], [4.2, 2], [2, -0.1], [2, 4.1]]) {
    const [{ box: [left, top, right, bottom] }] = placeLabels([{ index: 0, name: "at the edge", place, bold: false }], camera, () => 60);
    assert.ok(left >= 0 && top >= 0 && right <= camera.width && bottom <= camera.height, "a name at the edge is whole");
  }
  assert.equal(placeLabels([{ index: 0, name: "nowhere", place: null, bold: true }], camera, () => 30).length, 0);
});

test("pictures in place of points do not cover each other, and stay the same while the map is panned", () => {
  const places = points(3000, 2, 11);
  const level = new Uint8Array(3000).fill(1);
  level.fill(0, 0, 1500);
  const chosen = spaced(places, level, 0.4);
  assert.ok(chosen.length > 100 && chosen[0] >= 1500, "those that stand out come first");
  for (const a of chosen) {
    for (const b of chosen) {
      if (a !== b) assert.ok(Math.max(Math.abs(places[2 * a] - places[2 * b]), Math.abs(places[2 * a + 1] - places[2 * b + 1])) >= 0.4);
    }
  }
  const camera = cameraOn(places, 2);
  const pictures = new PicturePoints();
  const choose = (version) => [...pictures.choose(camera, { places }, ...Object.values(onScreen(camera, places)).slice(0, 2), level, version)];
  const first = choose(1);
  camera.pan(77, -31);
  assert.deepEqual(choose(1), first);
  camera.zoomAt(3);
  assert.ok(choose(1).length > first.length);
  assert.ok(camera.scale * 0.4 > SIZE);
});

test("rows survive packing as bits", () => {
  for (const rows of [[0], [5, 6, 7], [0, 8, 19_999], Array.from({ length: 6667 }, (_, i) => 3 * i)]) {
    assert.deepEqual([...unpackRows(packRows(rows, 20_000))], rows);
  }
  assert.deepEqual([...Buffer.from(packRows([0, 9], 16), "base64")], [1, 2]);
});

test("the rows of a selection are counted by class, the largest first", () => {
  assert.deepEqual(countByClass([0, 1, 2, 3, 4], Int16Array.of(2, 1, 2, 0, 1, 1)), [[1, 2], [2, 2], [0, 1]]);
});

test("a point says whether it is a drawing or a changed copy of one, and the map how many are copies", () => {
  const [y, split] = [Int16Array.of(0, 0, 1), [0, 0, 1]];
  const named = new Rows(["a", "b"], y, split, { changed: [0, 1, 0], artist: [1, 1, 0], artists: ["Ann", "Bob (Faces)"] });
  assert.deepEqual([0, 1, 2].map((row) => named.origin(row)), ["A drawing by Bob (Faces).", "A changed copy of a drawing by Bob (Faces).", "A drawing by Ann."]);
  assert.equal(named.copies(), "1 of 3 points is a changed copy of a drawing: turned, shifted or bent a little.");
  const nameless = new Rows(["a", "b"], y, split, { changed: [1, 1, 1], artist: null, artists: [] });
  assert.equal(nameless.origin(2), "A changed copy of a drawing.");
  assert.equal(nameless.copies(), "All 3 points are changed copies of drawings: turned, shifted or bent a little.");
  const unknown = new Rows(["a", "b"], y, split);
  assert.deepEqual([unknown.origin(0), unknown.copies(), unknown.isChanged(0)], ["", "", false]);
});

test("a selection stands out, else chosen classes and groups, else everything", () => {
  const rows = new Rows(["a", "b", "c"], Int16Array.of(0, 1, 2, 0, 1), [0, 0, 1, 0, 1]);
  const view = { projection: "pca", dims: 2, axes: [0, 1, 2], chosen: [], pictures: false, marker: true, row: null };
  const groups = [{ name: "Group 1", rows: Int32Array.of(2) }];
  const state = { ...emptyState(), dataset: { classes: rows.classes }, rows, view, groups };
  assert.deepEqual([...levelsOf(state)], [1, 1, 1, 1, 1]);
  view.chosen = ["b", "Group 1"];
  assert.deepEqual(chosenIn(state), { classes: new Set([1]), groups: new Set([0]) });
  assert.deepEqual([...levelsOf(state)], [0, 1, 1, 0, 1]);
  state.selected = Int32Array.of(0);
  assert.deepEqual([...levelsOf(state)], [1, 0, 0, 0, 0]);
  assert.deepEqual([rows.count, rows.className(2), rows.isTest(2), rows.isTest(0)], [5, "c", true, false]);
});

test("a picture in place of a point keeps its proportions, its longer side that of a square one", () => {
  assert.deepEqual(within(30, { width: 28, height: 28 }), [30, 30]);
  assert.deepEqual(within(30, { width: 56, height: 28 }), [30, 15]);
  assert.deepEqual(within(30, { width: 1, height: 200 }), [1, 30]);
});

test("which axes are shown is asked in no row of its own, until it is known that a map has such", async (t) => {
  const element = () => ({ attributes: {}, setAttribute(name, value) { this.attributes[name] = value; }, append() {}, addEventListener() {} });
  globalThis.document = /** @type {any} */ ({ createElement: element });
  t.after(() => delete globalThis.document);
  const { ViewControls } = await import("../../web/map/controls.js");
  const box = /** @type {any} */ (new ViewControls(() => {}).axesBox);
  assert.equal(box.attributes.hidden, "");
});
