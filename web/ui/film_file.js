// Films as files: what this browser can write, and a writer for each kind. Pictures come one after the other, as red,
// green and blue of each pixel; every pixel becomes a square of several.

import { t } from "../engine/language.js";
import { animatedWebp } from "./animated_webp.js";
import { h } from "./dom.js";
import { canvasFile } from "./downloads.js";
import { Gif, paletteOf } from "./gif.js";
import { KEY } from "./saved_file.js";
import { webm } from "./webm.js";

/**
 * @typedef {object} Film
 * @property {number} width of a picture
 * @property {number} height
 * @property {number} scale pixels of the film per pixel of a picture, each way
 * @property {number} rate pictures per second
 * @property {number} frames how many pictures will come
 * @property {boolean} loop whether it begins again
 * @property {boolean} [smooth] whether the pictures were enlarged smoothly
 * @property {string} recipe as JSON, inside the file where that is possible
 *
 * @typedef {object} Writer
 * @property {(pixels: Uint8Array, index: number) => Promise<void>} add
 * @property {() => Promise<Blob>} end
 * @property {() => void} [cancel]
 *
 * @typedef {object} Kind of file
 * @property {string} title
 * @property {string} ending of its name
 * @property {string} note what must be known of it
 * @property {(film: Film) => Promise<string>} lacks why this browser cannot write it; "" where it can
 * @property {(film: Film, some: Uint8Array[]) => Promise<Writer>} open `some` of the pictures tell which colours come
 */

const RATE = 4_000_000; // bits per second of a video: crisp squares need many
const PICTURE_QUALITY = 0.95; // of a WebP's pictures
const VIDEOS = ["vp09.00.31.08", "vp8"];
const RECORDED = ["video/mp4;codecs=avc1.42E01E", "video/mp4;codecs=vp9", "video/mp4"];

/** @type {Record<string, Kind>} */
export const KINDS = {
  gif: {
    title: "GIF",
    ending: "gif",
    note: t("The recipe is inside."),
    lacks: async () => "",
    open: async (film, some) => {
      const gif = new Gif({ ...film, palette: paletteOf(some), comment: `${KEY} ${film.recipe}` });
      return { add: async (pixels) => gif.add(pixels), end: async () => gif.end() };
    },
  },
  webp: {
    title: t("Animated WebP"),
    ending: "webp",
    note: t("The recipe is inside. A browser that guards against fingerprints may spoil its pictures; a GIF's never."),
    lacks: async () => {
      const { type } = await canvasFile(h("canvas", { width: 1, height: 1 }), "image/webp");
      return type === "image/webp" ? "" : t("This browser writes no WebP pictures: choose GIF.");
    },
    open: async (film) => {
      const { canvas, draw } = easel(film);
      /** @type {Uint8Array[]} */
      const pictures = [];
      return {
        add: async (pixels) => {
          draw(pixels);
          pictures.push(new Uint8Array(await (await canvasFile(canvas, "image/webp", PICTURE_QUALITY)).arrayBuffer()));
        },
        end: async () => animatedWebp(pictures, { ...film, width: canvas.width, height: canvas.height, note: `${KEY} ${film.recipe}` }),
      };
    },
  },
  webm: {
    title: t("WebM video"),
    ending: "webm",
    note: t("The recipe is inside, as the video's comment."),
    lacks: async (film) => {
      if (await videoCodec(film)) return "";
      return isSecureContext
        ? t("This browser encodes no WebM video: choose GIF.")
        : t("This browser encodes no WebM video on a page that comes without https: choose GIF.");
    },
    open: openWebm,
  },
  mp4: {
    title: t("MP4 video"),
    ending: "mp4",
    note: t("An MP4 is recorded while it plays, so on a busy device it halts and lasts longer; a WebM and a GIF never do. It carries no recipe: keep the link or a PNG beside it."),
    lacks: async () => (recordedType() ? "" : t("This browser encodes no MP4 video: choose WebM or GIF.")),
    open: openMp4,
  },
};

/** @param {Film} film */
function sizeOf({ width, height, scale }) {
  const even = (/** @type {number} */ side) => side + (side % 2); // as encoders want it
  return { width: even(width * scale), height: even(height * scale) };
}

/** A canvas, and what draws a picture on it, crisp. @param {Film} film */
function easel(film) {
  const { width, height } = sizeOf(film);
  const small = h("canvas", { width: film.width, height: film.height });
  const canvas = h("canvas", { width, height });
  const [from, onto] = [small, canvas].map((one) => /** @type {CanvasRenderingContext2D} */ (one.getContext("2d")));
  const image = from.createImageData(film.width, film.height);
  image.data.fill(255);
  const draw = (/** @type {Uint8Array} */ pixels) => {
    for (let i = 0, at = 0; i < pixels.length; i += 3, at += 4) for (let c = 0; c < 3; c++) image.data[at + c] = pixels[i + c];
    from.putImageData(image, 0, 0);
    onto.imageSmoothingEnabled = false;
    onto.drawImage(small, 0, 0, width, height);
  };
  return { canvas, draw };
}

/** A picture as encoders take it, four bytes a pixel. @param {Uint8Array} pixels @param {Film} film */
function enlarged(pixels, film) {
  const { width, height } = sizeOf(film);
  const out = new Uint8Array(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    const line = Math.min(film.height - 1, Math.floor(y / film.scale)) * film.width;
    for (let x = 0; x < width; x++) {
      const from = 3 * (line + Math.min(film.width - 1, Math.floor(x / film.scale)));
      for (let c = 0; c < 3; c++) out[4 * (y * width + x) + c] = pixels[from + c];
    }
  }
  return out;
}

/** @param {Film} film @param {string} codec */
const videoSettings = (film, codec) => ({ codec, ...sizeOf(film), bitrate: RATE, framerate: film.rate });

/** The first codec that this browser has. @param {Film} film @returns {Promise<string|undefined>} */
async function videoCodec(film) {
  if (!globalThis.VideoEncoder) return undefined;
  for (const codec of VIDEOS) {
    const { supported } = await VideoEncoder.isConfigSupported(videoSettings(film, codec)).catch(() => ({ supported: false }));
    if (supported) return codec;
  }
  return undefined;
}

/** @param {Film} film @returns {Promise<Writer>} */
async function openWebm(film) {
  const codec = /** @type {string} */ (await videoCodec(film));
  const { width, height } = sizeOf(film);
  /** @type {import("./webm.js").Packet[]} */
  const packets = [];
  /** @type {Error|undefined} */
  let failed;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      packets.push({ data, time: chunk.timestamp / 1000, key: chunk.type === "key" });
    },
    error: (error) => (failed = error),
  });
  encoder.configure(videoSettings(film, codec));
  return {
    add: async (pixels, index) => {
      const times = { timestamp: Math.round((1e6 * index) / film.rate), duration: Math.round(1e6 / film.rate) };
      const frame = new VideoFrame(enlarged(pixels, film), { format: "RGBX", codedWidth: width, codedHeight: height, ...times });
      encoder.encode(frame, { keyFrame: index % (2 * film.rate) === 0 });
      frame.close();
      while (encoder.encodeQueueSize > 4 && !failed) await new Promise((done) => setTimeout(done, 5));
      if (failed) throw failed;
    },
    end: async () => {
      await encoder.flush();
      encoder.close();
      return webm(packets, { ...sizeOf(film), seconds: film.frames / film.rate, codec, note: `${KEY} ${film.recipe}` });
    },
    cancel: () => encoder.state !== "closed" && encoder.close(),
  };
}

const recordedType = () => RECORDED.find((type) => globalThis.MediaRecorder?.isTypeSupported(type));

/** Records the canvas at the film's own pace. @param {Film} film @returns {Promise<Writer>} */
async function openMp4(film) {
  const { canvas, draw } = easel(film);
  const stream = canvas.captureStream(0);
  const track = /** @type {CanvasCaptureMediaStreamTrack} */ (stream.getVideoTracks()[0]);
  const recorder = new MediaRecorder(stream, { mimeType: recordedType(), videoBitsPerSecond: RATE });
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((done) => (recorder.onstop = done));
  let began = 0;
  const until = (/** @type {number} */ index) => new Promise((done) => setTimeout(done, Math.max(0, began + (1000 * index) / film.rate - performance.now())));
  return {
    add: async (pixels, index) => {
      draw(pixels);
      if (!index) {
        recorder.start();
        began = performance.now();
      }
      await until(index);
      track.requestFrame();
    },
    end: async () => {
      await until(film.frames);
      recorder.stop();
      await stopped;
      return new Blob(parts, { type: "video/mp4" });
    },
    cancel: () => recorder.state !== "inactive" && recorder.stop(),
  };
}
