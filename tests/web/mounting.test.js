// A page's live part under Streamlit: opened once, told what comes, heard, taken away; and how its pictures look.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { mounting } from "../../web/ui/mounting.js";
import { chosen, surface } from "../../web/ui/surface.js";

/** @type {any} */
const world = globalThis;
let kept;

beforeEach(() => {
  kept = new Map();
  world.location = { pathname: "/eigen", search: "?k=2" };
  world.addEventListener = world.removeEventListener = () => {};
  world.sessionStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
});

/** A page that notes what happens to it, and Streamlit around it. */
function page(name) {
  const [noted, told] = [[], []];
  const mount = mounting({
    page: name,
    known: (data) => ({ k: data.k }),
    open: (place, { left }) => ({ place, left, send: undefined }),
    take: (part, { data, left, send, first }) => {
      part.send = send;
      noted.push([first, data.k, left.k]);
    },
    stop: (part) => noted.push(`stopped ${part.place}`),
  });
  const parentElement = { querySelector: () => "place" };
  const set = (kind) => (...message) => told.push([kind, ...message]);
  const run = (k, nonce = 1) => mount({ data: { k, nonce }, parentElement, setStateValue: set("state"), setTriggerValue: set("trigger") });
  return { noted, told, run, parentElement };
}

test("a part is opened once, hears of every run, and is opened anew after it was taken away", () => {
  const { noted, run } = page(undefined);
  run(1);
  run(2)();
  run(3);
  assert.deepEqual(noted, [[true, 1, undefined], [false, 2, undefined], "stopped place", [true, 3, undefined]]);
});

test("what a part says has a time and the link with it, unless it brings its own; a page that was left says nothing", () => {
  const told = [];
  const mount = mounting({ open: () => ({}), take: (_, given) => Object.assign(told, { given }), stop: () => {} });
  const heard = [];
  mount({ data: {}, parentElement: { querySelector: () => ({}) }, setStateValue: (...one) => heard.push(one), setTriggerValue: (...one) => heard.push(one) });
  const { send, trigger } = /** @type {any} */ (told).given;
  const before = Date.now();
  send("k", { k: 3 });
  trigger("group", { rows: 1, at: 5, link: "?old" });
  trigger("rows", [1, 2]);
  assert.ok(heard[0][1].at >= before);
  assert.deepEqual(heard.map(([name, value]) => [name, { ...value, at: 0 }]), [
    ["k", { k: 3, link: "?k=2", at: 0 }], ["group", { rows: 1, link: "?old", at: 0 }], ["rows", { 0: 1, 1: 2, at: 0 }],
  ]);
  assert.deepEqual([heard[1][1].at, heard[2][1]], [5, [1, 2]]);
  world.location.pathname = "/map";
  send("k", { k: 4 });
  assert.equal(heard.length, 3);
});

test("what the server did not hear before a reload is handed over once, at the same address", () => {
  kept.set("medley-unheard-eigen", JSON.stringify({ link: "?k=2", said: { k: 9 } }));
  const { noted, run } = page("eigen");
  run(1);
  run(1);
  assert.deepEqual(noted, [[true, 1, 9], [false, 1, undefined]]);
});

/** The properties of a root's style after its pictures were given a look, on a page of a theme. */
function looks(theme, dataset) {
  const found = {};
  const context = { set fillStyle(value) { this.kept = value; }, get fillStyle() { return this.kept; } };
  world.document = { createElement: () => ({ getContext: () => context }) };
  world.getComputedStyle = () => ({ getPropertyValue: () => (theme === "dark" ? "#0e1117" : "#ffffff") });
  surface(/** @type {any} */ ({ style: { setProperty: (name, value) => (found[name] = value) } }), dataset);
  return found;
}

test("pictures stand on their own ground, and white ones do not glare from a dark page", () => {
  const white = { ground: [1, 1, 1], enlarge: "smooth" };
  const black = { ground: [0], enlarge: "crisp" };
  assert.deepEqual(looks("light", white), { "--picture-ground": "rgb(255 255 255)", "--picture-filter": "none", "--picture-rendering": "auto" });
  assert.deepEqual(looks("dark", white), { "--picture-ground": "rgb(255 255 255)", "--picture-filter": "brightness(0.84)", "--picture-rendering": "auto" });
  for (const theme of ["light", "dark"]) {
    assert.deepEqual(looks(theme, black), { "--picture-ground": "rgb(0 0 0)", "--picture-filter": "none", "--picture-rendering": "pixelated" });
  }
  assert.equal(looks("dark", { ground: [0.5, 0.4, 0.7], enlarge: "crisp" })["--picture-filter"], "brightness(0.84)"); // their mean
  assert.equal(looks("dark", { ground: [0.5], enlarge: "crisp" })["--picture-filter"], "none");
});

test("what was chosen in this tab is kept, whatever the dataset is used to; another text is none", () => {
  assert.deepEqual([chosen("crisp"), chosen("smooth")], ["crisp", "smooth"]);
  kept.set("medley-enlarging", "smooth");
  assert.equal(chosen("crisp"), "smooth");
  assert.equal(looks("light", { ground: [0], enlarge: "crisp" })["--picture-rendering"], "auto");
  kept.set("medley-enlarging", "blurred");
  assert.equal(chosen("crisp"), "crisp");
});
