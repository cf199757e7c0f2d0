// What a first visit is told while its files come: always of a total, and never a number that stands for nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Arrival } from "../../web/ui/arrival.js";

test("bytes are told of the total, partial files included, and only forwards", () => {
  const arrival = new Arrival({ "web/vendor/engine.wasm": 2_300_000, "models/a/b/decoder.onnx": 1_200_000, "web/x.js": 1_000_000 });
  const said = [];
  const leave = arrival.follow((sentence) => said.push(sentence));
  assert.equal(arrival.words(), "Loading page, picture engine and model: 0.0 of 4.5 MB");
  arrival.note("web/vendor/engine.wasm", 0.5);
  arrival.note("web/vendor/engine.wasm", 0.25); // told late
  arrival.note("another/file.js", 1); // nobody waits for it
  arrival.note("web/x.js", 1);
  assert.deepEqual(said.map((one) => one.slice(-13)), ["1.1 of 4.5 MB", "2.1 of 4.5 MB"]);
  leave();
  arrival.note("web/vendor/engine.wasm", 1);
  arrival.note("models/a/b/decoder.onnx", 2);
  assert.equal(said.length, 2);
  assert.equal(arrival.under, false);
  assert.equal(arrival.words(), "Starting the picture engine");
  assert.equal(new Arrival({ "web/x.js": 1_000_000 }, false).words(), "Loading page and picture engine: 0.0 of 1.0 MB");
});

test("without sizes nothing is claimed to be on its way", () => {
  assert.equal(new Arrival({}).under, false);
});
