// What those hear who do not see the page, and where their keyboard stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "../../web/ui/announcer.js";
import { arrange } from "../../web/ui/focus.js";
import { nextPlace } from "../../web/ui/jobs.js";
import { ProgressLine } from "../../web/ui/progress_line.js";
import { isShortcut } from "../../web/ui/shortcuts.js";
import { Spoken } from "../../web/ui/spoken.js";

test("a sentence is heard each time that it is said, and none of several at once is lost", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const heard = [];
  const announcer = new Announcer(() => ({ set textContent(text) { heard.push(text); } }));
  announcer.say("Drawn again.");
  t.mock.timers.tick(100);
  announcer.say("Drawn again.");
  t.mock.timers.tick(100);
  announcer.say("");
  for (const sentence of ["One.", "Two.", "Two."]) announcer.say(sentence);
  t.mock.timers.tick(100);
  assert.deepEqual(heard, ["", "Drawn again.", "", "Drawn again.", "", "One. Two."]);
});

test("of what the server says only news is spoken, also while an old element is still there", () => {
  const heard = [];
  const spoken = new Spoken((sentence) => heard.push(sentence));
  const [first, second] = [{}, {}];
  spoken.look(first, "page", "Blend page"); // met on arrival
  spoken.look(first, "search", "");
  spoken.look(first, "search", "Searching: at work.");
  spoken.look(second, "search", "Searching: at work."); // the same in a new element
  spoken.look(second, "search", "Searching: 25 % done.");
  spoken.look(first, "search", "Searching: at work."); // not taken away yet
  spoken.look(second, "page", "Map page");
  assert.deepEqual(heard, ["Searching: at work.", "Searching: 25 % done.", "Map page"]);
});

test("loading is spoken once, however many files come", () => {
  const heard = [];
  const element = /** @type {any} */ ({ hidden: true, textContent: "", removeAttribute() {} });
  const line = new ProgressLine(element, (sentence) => heard.push(sentence));
  for (const sentence of ["Loading MMD", "Loading decoder: 1 MB", "Loading decoder: 2 MB", ""]) line.tell(sentence);
  assert.deepEqual([heard, element.hidden], [["Loading MMD"], true]);
  line.tell("Loading the pictures 5 %", false); // on the way of something else
  assert.deepEqual([heard.length, element.hidden, element.textContent], [1, false, "Loading the pictures 5 %"]);
  line.tell("");
  line.tell("Loading ELBO");
  assert.deepEqual(heard, ["Loading MMD", "Loading ELBO"]);
});

test("focus follows a job: its Cancel while it works, then what came of it, or its button", () => {
  const places = { go: "button", cancel: "cancel" };
  assert.equal(nextPlace({ off: true, go: "button", result: "an old one", cancelled: false }), undefined, "Cancel is on its way");
  assert.equal(nextPlace({ off: true, ...places, result: "an old one", cancelled: false }), "cancel");
  assert.equal(nextPlace({ off: false, go: "button", result: "new", cancelled: false }), "new");
  assert.equal(nextPlace({ off: false, go: "button", cancelled: false }), "button");
  assert.equal(nextPlace({ off: true, ...places, cancelled: true }), undefined, "the button is still off");
  assert.equal(nextPlace({ off: false, go: "button", result: "an old one", cancelled: true }), "button");
});

test("what is put into another order keeps its focus, and what is not wanted any more goes", (t) => {
  const parent = { children: [], replaceChildren: (...all) => void (parent.children = [...all]) };
  const make = (name) => {
    const put = (offset) => (...others) => {
      parent.children = parent.children.filter((child) => !others.includes(child));
      parent.children.splice(parent.children.indexOf(one) + offset, 0, ...others);
    };
    const remove = () => (assert.notEqual(one, document.activeElement), (parent.children = parent.children.filter((child) => child !== one)));
    const one = { name, parentNode: parent, contains: (other) => other === one, remove, before: put(0), after: put(1) };
    return one;
  };
  const [a, b, c, d] = ["a", "b", "c", "d"].map(make);
  globalThis.document = /** @type {any} */ ({ activeElement: undefined });
  t.after(() => delete globalThis.document);
  arrange(/** @type {any} */ (parent), /** @type {any} */ ([a, b, c, d]));
  for (const [focus, order] of [[b, [d, b, a]], [a, [a, d, b]], [b, [d, a, b]]]) {
    document.activeElement = focus;
    arrange(/** @type {any} */ (parent), /** @type {any} */ (order));
    assert.deepEqual(parent.children.map(({ name }) => name), order.map(({ name }) => name));
  }
});

test("R and C are kept from Streamlit, but for its own fields", (t) => {
  globalThis.document = /** @type {any} */ ({});
  t.after(() => delete globalThis.document);
  const pressed = (key, { text = false, ours = false, ...held } = {}) =>
    isShortcut(/** @type {any} */ ({ key, ...held, composedPath: () => [{ matches: () => text, getRootNode: () => (ours ? {} : document) }] }));
  for (const key of "rcRC") assert.ok(pressed(key) && pressed(key, { ours: true }) && pressed(key, { text: true, ours: true }), key);
  assert.ok(!pressed("r", { text: true }), "the field of Streamlit's hears what is typed into it");
  assert.ok(!pressed("c", { ctrlKey: true }) && !pressed("d") && !pressed("ArrowRight"));
});
