// Links that are opened beside a page whose language was chosen by hand speak that language, too.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inThisLanguage } from "../../web/ui/page_links.js";
import { chapter } from "../../web/ui/term.js";

const at = (search) => (/** @type {any} */ (globalThis).location = { search });

test("a link has the language of this page's link, beside what it has itself", () => {
  at("?lesson=pad&ask=Wo%3F&lang=de");
  assert.equal(inThisLanguage("preset=everyone"), "preset=everyone&lang=de");
  assert.equal(inThisLanguage(), "lang=de");
  assert.match(chapter("judge"), /^learn\?lang=de#./);
  at("?lang=%22%3E%3Cb%3E");
  assert.equal(inThisLanguage("w=3:50"), "w=3:50&lang=%22%3E%3Cb%3E");
});

test("where the browser's own language is spoken a link names none", () => {
  at("?w=3:50,8:50");
  assert.equal(inThisLanguage("w=8:50"), "w=8:50");
  assert.equal(inThisLanguage(), "");
  assert.match(chapter("judge"), /^learn#./);
});
