// A film being made: it can be stopped at any moment, and what this browser cannot write is a sentence.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FilmRun } from "../../web/blend/film_run.js";
import { KINDS } from "../../web/ui/film_file.js";

const FILM = { width: 2, height: 1, scale: 1, rate: 10, frames: 6, loop: true, recipe: "{}" };
const picture = async (i) => new Uint8Array(6).fill(i);

/** A kind of file that tells what is asked of it; `more` stands instead of its parts. */
function kindOf(more = {}) {
  const asked = [];
  let fail = (_) => {};
  const writer = {
    add: async (pixels, i) => asked.push(`add ${i} ${pixels[0]}`),
    end: async () => (asked.push("end"), new Blob(["film"])),
    cancel: () => (asked.push("cancel"), fail(new Error("The encoder was closed."))),
    ...more,
  };
  const kind = { lacks: async () => "", open: async (_, some) => (asked.push(`open ${some.length}`), writer) };
  /** The end that comes only once the encoder is closed, as a failure. */
  const flush = () => (asked.push("end"), new Promise((_, refuse) => (fail = refuse)));
  return { kind, asked, writer, flush };
}

test("a film is all its pictures in turn, and then the file", async () => {
  const { kind, asked } = kindOf();
  const told = [];
  const run = new FilmRun({ kind, film: FILM, picture, finish: (pixels) => pixels.map((value) => 9 * value), told: (done) => told.push(done) });
  assert.equal((await run.make())?.size, 4);
  assert.deepEqual(asked, ["open 6", ...[0, 1, 2, 3, 4, 5].map((i) => `add ${i} ${9 * i}`), "end", "cancel"]);
  assert.deepEqual(told, [1, 2, 3, 4, 5, 6]);
});

test("a long film's colours are read from some of its pictures", async () => {
  const { kind, asked } = kindOf();
  await new FilmRun({ kind, film: { ...FILM, frames: 100 }, picture }).make();
  assert.equal(asked[0], "open 20");
});

test("Cancel while a film is being finished gives it up at once, and its encoder's complaint is no fault", async () => {
  const { kind, asked, writer, flush } = kindOf();
  let reached = () => {};
  const finishing = new Promise((done) => (reached = done));
  writer.end = () => (reached(), flush());
  const run = new FilmRun({ kind, film: FILM, picture });
  const made = run.make();
  await finishing;
  run.stop();
  assert.equal(await made, null);
  assert.deepEqual(asked.slice(-3), ["end", "cancel", "cancel"]);
});

test("Cancel while a file that cannot be stopped is being finished gives it up, too", async () => {
  const { kind, writer } = kindOf({ cancel: undefined });
  const run = new FilmRun({ kind, film: FILM, picture });
  writer.end = async () => (run.stop(), new Blob(["film"]));
  assert.equal(await run.make(), null);
});

for (const [moment, at] of [["colours are read", 2], ["pictures are written", 8]]) {
  test(`Cancel while ${moment} makes no more pictures`, async () => {
    const { kind, asked } = kindOf();
    let made = 0;
    const run = new FilmRun({ kind, film: FILM, picture: async (i) => ((made += 1) === at && run.stop(), picture(i)) });
    assert.equal(await run.make(), null);
    assert.equal(made, at);
    assert.equal(asked.includes("end"), false);
  });
}

test("what a browser cannot write is a sentence, and no picture is made", async () => {
  let made = 0;
  globalThis.isSecureContext = true;
  for (const [name, words] of [["webm", "encodes no WebM video"], ["mp4", "encodes no MP4 video: choose WebM or GIF"]]) {
    const run = new FilmRun({ kind: KINDS[name], film: FILM, picture: async (i) => (made++, picture(i)) });
    await assert.rejects(run.make(), new RegExp(words)); // Node has no encoders
  }
  globalThis.isSecureContext = false;
  assert.match(await KINDS.webm.lacks(FILM), /on a page that comes without https/);
  assert.equal(made, 0);
});

test("a picture that cannot be made is told, and the encoder closed", async () => {
  const { kind, asked } = kindOf();
  let made = 0;
  const run = new FilmRun({ kind, film: FILM, picture: async (i) => { if ((made += 1) > 8) throw new Error("A file is missing."); return picture(i); } });
  await assert.rejects(run.make(), /A file is missing/);
  assert.equal(asked.at(-1), "cancel");
});

test("a video's encoder that refuses all sizes is as none; the first codec that it takes is used", async () => {
  const asked = [];
  globalThis.isSecureContext = true;
  globalThis.VideoEncoder = /** @type {any} */ ({ isConfigSupported: async ({ codec }) => (asked.push(codec), { supported: false }) });
  assert.match(await KINDS.webm.lacks(FILM), /encodes no WebM video: choose GIF/);
  assert.equal(asked.length, 2);
  globalThis.VideoEncoder = /** @type {any} */ ({ isConfigSupported: async ({ codec }) => ({ supported: codec === "vp8" }) });
  assert.equal(await KINDS.webm.lacks(FILM), "");
  globalThis.MediaRecorder = /** @type {any} */ ({ isTypeSupported: (type) => type === "video/mp4" });
  assert.equal(await KINDS.mp4.lacks(FILM), "");
  delete globalThis.VideoEncoder;
  delete globalThis.MediaRecorder;
});

/** What an MP4 is recorded with: canvases that are drawn on, and a recorder that notes what it is told. */
function recording(t) {
  const noted = [];
  const context = { createImageData: (w, h) => ({ data: new Uint8ClampedArray(4 * w * h) }), putImageData: ({ data }) => noted.push(`drawn ${data[0]} ${data[3]}`), drawImage: () => {} };
  const canvas = () => ({ setAttribute() {}, append() {}, getContext: () => context, captureStream: () => ({ getVideoTracks: () => [{ requestFrame: () => noted.push("frame") }] }) });
  globalThis.document = /** @type {any} */ ({ createElement: canvas });
  globalThis.MediaRecorder = /** @type {any} */ (class {
    static isTypeSupported = (type) => type === "video/mp4;codecs=vp9";
    state = "inactive";
    constructor(_, { mimeType }) { noted.push(mimeType); }
    start() { (this.state = "recording", noted.push("start")); }
    stop() {
      if (this.state === "inactive") throw new Error("InvalidStateError");
      this.state = "inactive";
      noted.push("stop");
      queueMicrotask(() => (this.ondataavailable({ data: new Blob(["mp4"]) }), this.onstop()));
    }
  });
  t.after(() => (delete globalThis.document, delete globalThis.MediaRecorder));
  return noted;
}

test("an MP4 is recorded picture by picture with what this browser has, and lasts as long as the film", async (t) => {
  const noted = recording(t);
  const film = { ...FILM, rate: 100, frames: 3 };
  const began = performance.now();
  const file = await new FilmRun({ kind: KINDS.mp4, film, picture }).make();
  assert.ok(performance.now() - began >= 29);
  assert.deepEqual([file?.type, file?.size], ["video/mp4", 3]);
  assert.deepEqual(noted, ["video/mp4;codecs=vp9", "drawn 0 255", "start", "frame", "drawn 1 255", "frame", "drawn 2 255", "frame", "stop"]);
});

test("Cancel while an MP4 waits for its end stops the recorder, and nothing is offered", async (t) => {
  const noted = recording(t);
  const run = new FilmRun({ kind: KINDS.mp4, film: { ...FILM, rate: 20, frames: 2 }, picture, told: (done) => done === 2 && setTimeout(() => run.stop()) });
  assert.equal(await run.make(), null);
  assert.equal(noted.filter((one) => one === "stop").length, 1);
});
