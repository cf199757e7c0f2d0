// Answers questions about web/: a line of JSON in, {"verb", "given"}, a line of JSON out. tests/web/node.py asks.

import "./files.js";
import { createInterface } from "node:readline";
import { Space } from "../../web/directions/space.js";
import { parseSteps, stepsText } from "../../web/directions/steps.js";
import { tokenOf } from "../../web/directions/things.js";
import { cloudOf, nearestRows } from "../../web/engine/axes.js";
import { Contestant, cannot } from "../../web/engine/contest.js";
import * as evidence from "../../web/engine/evidence.js";
import * as film from "../../web/engine/film.js";
import { LeaveOneOut } from "../../web/engine/leave_one_out.js";
import { Mix } from "../../web/engine/mix.js";
import { Model } from "../../web/engine/model.js";
import { blendable, shortNames } from "../../web/engine/names.js";
import { normal, philox } from "../../web/engine/noise.js";
import { doubt, readNumber } from "../../web/engine/numbers.js";
import { Neighbourhood, alongWay } from "../../web/engine/paths.js";
import { PictureMaker } from "../../web/engine/pictures.js";
import { Places } from "../../web/engine/places.js";
import { fetchArrays, readArrays, widen } from "../../web/engine/safetensors.js";
import * as sentences from "../../web/engine/sentences.js";
import { Theta } from "../../web/engine/theta.js";
import { statsUrl } from "../../web/engine/urls.js";
import { Loader } from "../../web/generate/loader.js";
import { Setting } from "../../web/generate/setting.js";
import { Stream } from "../../web/generate/stream.js";
import { Files } from "../../web/map/files.js";
import { layoutOf } from "../../web/map/layout.js";
import { decode, latentAt, neighboursOf, placesOf } from "../../web/map/projection.js";
import { sheetFile } from "../../web/ui/png.js";
import { animatedWebp } from "../../web/ui/animated_webp.js";
import { Gif, paletteOf } from "../../web/ui/gif.js";
import { recipeIn } from "../../web/ui/saved_file.js";

const makers = new Map();

/** The picture maker of a page's props, with everything loaded. */
async function maker(props) {
  const key = JSON.stringify(props);
  if (!makers.has(key)) {
    const made = await PictureMaker.open(props, props.centre);
    await made.openRest(() => {});
    await made.openMethods();
    makers.set(key, made);
  }
  return makers.get(key);
}

const loaders = new Map();

/** What the Generate page has loaded for its props. */
async function loader(props) {
  if (!loaders.has(props.model.slug)) {
    const fail = (sentence) => {
      if (sentence) throw new Error(sentence);
    };
    const made = new Loader({ waiting: () => {}, drawable: () => {}, complete: () => {}, warn: fail });
    await made.open(props, props.families[0].family.name);
    loaders.set(props.model.slug, made);
  }
  return loaders.get(props.model.slug);
}

const withTheta = ({ theta, pattern, ...values }) => ({ ...values, theta: new Theta(theta, pattern) });

const verbs = {
  philox: ({ counter, key }) => philox(counter, key),
  normal: ({ seed, samples, latent, first }) => normal(seed, samples, latent, first),

  /** Theta of rows, its cells, and its text again. */
  theta({ scale, pattern, rows, latent }) {
    const theta = new Theta(scale, pattern);
    return { rows: theta.rows(rows, latent), cells: theta.cells, text: Theta.fromCells(scale, theta.cells).pattern };
  },

  /** Arrays of a file, given by its bytes in base64. */
  arrays: ({ bytes }) => readArrays(new Uint8Array(Buffer.from(bytes, "base64"))),
  widen: ({ bits }) => widen(Uint16Array.from(bits)),

  /** A recipe's mix after some steps: [[name of the method, ...arguments], ...]. */
  mix({ recipe, classes, steps }) {
    const mix = new Mix(recipe, classes);
    for (const [name, ...given] of steps) mix[name](...given);
    return { recipe: mix.recipe(), chosen: mix.chosen, shares: mix.shares, empty: mix.empty, scale: mix.theta.scale };
  },

  /** Steps in texts, what is said of each, and the texts that they make again. */
  steps: ({ cases }) =>
    cases.map(([text, latent, further]) => {
      const { steps, said } = parseSteps(text, latent, further);
      return [steps, said, stepsText(steps)];
    }),
  tokens: ({ names }) => names.map(tokenOf),

  /** Principal axes of latents, and the rows nearest to the first of them. */
  cloud({ rows, wanted }) {
    const latents = { data: Float32Array.from(rows.flat()), dims: [rows.length, rows[0].length] };
    return { ...cloudOf(latents), near: nearestRows(latents.data.subarray(0, rows[0].length), latents, wanted) };
  },

  /** The way through latents from one place to another, and the place half way. */
  way({ rows, from, to }) {
    const graph = new Neighbourhood({ data: Float32Array.from(rows.flat()), dims: [rows.length, rows[0].length] });
    while (!graph.grow(1000));
    const points = graph.way(Float32Array.from(from), Float32Array.from(to));
    return points && { points, half: alongWay(points, 0.5) };
  },

  /** What the Directions page shows of its props: pictures after steps and a change, and what it knows of the cloud. */
  async directions({ props, start, cases, sphere }) {
    const space = await Space.open(props, () => {});
    await space.needLatents();
    const from = space.start(start);
    const pictures = [];
    for (const [steps, change] of cases) pictures.push(await space.pictures(from, [space.offset(steps, change)]));
    const [a, b, share] = sphere;
    return { pictures, place: from.place, sphere: await space.onSphere(space.at(a), space.at(b), share) };
  },

  /** A sheet of pictures as a PNG file, in base64. */
  async png({ values, shape, columns, scale, facts }) {
    const file = await sheetFile(Float32Array.from(values), shape, columns, scale, facts);
    return Buffer.from(await file.arrayBuffer()).toString("base64");
  },

  doubts: ({ texts }) => texts.map(doubt),
  numbers: ({ texts, whole }) => texts.map((text) => readNumber(text, whole)),

  /** What every model of the Compare page's props makes of their recipe: why it cannot, or its figures. */
  async contest({ props }) {
    const { recipe, dataset, groups, entries } = props;
    const mix = new Mix(recipe, [...dataset.classes, ...groups.map(({ name }) => name)]);
    const found = {};
    for (const entry of entries) {
      const why = entry.why || cannot(entry, recipe, props);
      if (why) {
        found[entry.name] = { why };
        continue;
      }
      const one = await Contestant.open(props, entry, recipe.method, () => {});
      await one.make({ ...mix.values(), moving: false });
      while (!(await one.measure(100)));
      found[entry.name] = one.figures;
    }
    return found;
  },

  names: ({ classes, symbols }) => shortNames(classes, symbols),

  /** Many of what is said: [[name of a function of engine/sentences.js, ...arguments], ...]. */
  said: ({ calls }) => calls.map(([name, ...given]) => sentences[name](...given)),
  compared: ({ calls }) => calls.map(([name, ...given]) => evidence[name](...given)),

  /** A picture of a mix, with its place. */
  async picture({ props, part, values }) {
    const made = await maker(props);
    if (part !== "blend") return { picture: await made.other(part, withTheta(values)) };
    return made.blend(withTheta(values));
  },

  /** The blend of a recipe, as the mixer makes it; with classes out, its pictures without them; and the recipe again. */
  async blended({ props, recipe, out }) {
    const made = await maker(props);
    const mix = new Mix(recipe, blendable(props));
    if (!out) return { ...(await made.blend(mix.values())), recipe: mix.recipe(), centre: await made.other("centre", mix.values()) };
    return made.without("blend", mix.values(), out);
  },

  /** The same picture three times while a control moves, the last two by the shortcut where there is one. */
  async moving({ props, values }) {
    const made = await maker(props);
    const found = [];
    for (let i = 0; i < 3; i++) found.push((await made.blend({ ...withTheta(values), moving: true })).picture.slice());
    return found;
  },

  async without({ props, part, values, out }) {
    return (await maker(props)).without(part, withTheta(values), out);
  },

  async judged({ props, pictures, count }) {
    const made = await maker(props);
    const given = Float32Array.from(pictures);
    return { bits: await made.bits(given, count), sharpness: await made.crispness(given, count) };
  },

  /** Leave-one-out in bits of the blend, a few classes at a time. */
  async lost({ props, values, room }) {
    const made = await maker(props);
    const given = withTheta(values);
    const { picture } = await made.blend(given);
    const view = { values: given, bits: { blend: await made.bits(picture, 1) }, measured: {} };
    const lost = new LeaveOneOut(given.rows.map((_, i) => i), given.rows);
    let rounds = 1;
    while (!(await lost.some("blend", view, made, room))) rounds++;
    return { lost: lost.of("blend"), rounds };
  },

  /** A layout of the Map page: some rows' places, latents placed, neighbours, and the way back. */
  async map({ dataset, model, latent, view, rows, z, place }) {
    const files = new Files({ slug: dataset }, { slug: model }, {}, () => {});
    const layout = await layoutOf(view, files, latent);
    const { places, dims, names, linear } = layout;
    const back = linear && (await latentAt(place, layout, files));
    return {
      names,
      count: places.length,
      places: rows.map((row) => places.slice(row * dims, (row + 1) * dims)),
      placed: await placesOf(z.map((one) => Float32Array.from(one)), layout, files),
      neighbours: await neighboursOf(rows[0], 8, layout, files),
      back,
      picture: back && (await decode(back, files)),
    };
  },

  /** New pictures of some classes: draws of a setting, and what the page measures of it first, of 20 draws a class. */
  async generated({ props, recipe, way, rows, draws }) {
    const { generators, latentClassifier, measure } = await loader(props);
    const setting = new Setting(props.dataset.classes.length, props.model.latent);
    setting.apply(recipe, way);
    await generators.need(setting.family);
    const z = await new Stream(generators, setting, rows, latentClassifier).take(draws);
    let scores;
    await measure.run(setting, rows, (found) => {
      scores = found;
      measure.stop();
    });
    return { z, pictures: await generators.decode(z), scores };
  },

  /** The recipe in a saved file, or the sentence about why there is none. */
  async opened({ coded, name, size }) {
    const file = new File([Buffer.from(coded, "base64")], name);
    if (size) Object.defineProperty(file, "size", { value: size });
    return recipeIn(file).then((text) => ({ text }), (error) => ({ said: error.message }));
  },

  /** A film of pictures (coded bytes: of a GIF red, green and blue; of a WebP whole files), as base64. */
  async film({ kind, coded, film }) {
    const pictures = coded.map((one) => new Uint8Array(Buffer.from(one, "base64")));
    if (kind === "webp") return Buffer.from(await animatedWebp(pictures, film).arrayBuffer()).toString("base64");
    const gif = new Gif({ ...film, palette: paletteOf(pictures) });
    for (const pixels of pictures) gif.add(pixels);
    return Buffer.from(await gif.end().arrayBuffer()).toString("base64");
  },

  /** What the pictures of a film at these seconds are made of. */
  async reel({ keyframes, at, loop, of }) {
    return at.map((seconds) => {
      const { theta, ...rest } = film.valuesAt(keyframes, seconds, loop, of);
      return { ...rest, scale: theta.scale, pattern: theta.pattern };
    });
  },

  async filmless({ keyframes, rate }) {
    return [film.framesOf(keyframes, rate), film.filmless(keyframes, rate)];
  },

  async centroids({ slug }) {
    return (await Model.open({ slug, code: 0, ground: [0] })).centroids();
  },

  async decode({ slug, z, components }) {
    const model = await Model.open({ slug, code: 0, ground: [0] });
    return model.decode({ data: Float32Array.from(z.flat()), dims: [z.length, model.latent] }, components);
  },

  /** Places of the centroids and of latents on one kind of the small map. */
  async places({ dataset, model, kind, z }) {
    const { mean } = await fetchArrays(statsUrl(model));
    const places = await Places.open({ dataset: { slug: dataset }, model: { slug: model } }, mean, kind);
    const found = [];
    for (const one of z) found.push(await places.of({ data: Float32Array.from(one), dims: [1, one.length] }));
    return { centroids: places.centroids, points: places.points, classes: places.classes, found };
  },
};

/** Plain JSON of a result: typed arrays as lists, numbers that JSON does not know as text. */
function plain(value) {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === "object") {
    const whole = "dims" in value ? { data: value.data, dims: value.dims } : value;
    return Object.fromEntries(Object.entries(whole).map(([name, one]) => [name, plain(one)]));
  }
  return value;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { verb, given } = JSON.parse(line);
  let answer;
  try {
    answer = { found: plain(await verbs[verb](given)) };
  } catch (error) {
    answer = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
