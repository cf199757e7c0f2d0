// The blend of the present recipe as a mark on the map: where it lies, its picture, and lines to its classes.

import { t } from "../engine/language.js";
import { colourOf } from "../ui/colours.js";
import { haloText, inside, RIM } from "./overlay.js";
import { placesOf } from "./projection.js";
import { within } from "./thumbnails.js";

/**
 * @import { Marker } from "../engine/props.js"
 * @import { Camera } from "./camera.js"
 * @import { Files } from "./files.js"
 * @import { Layout } from "./layout.js"
 * @import { Box, Theme } from "./overlay.js"
 */

/**
 * @typedef {{index: number|null, place: number[], share: number}} End a class's centroid; index null for a group
 * @typedef {{place: number[], ends: End[], label: string}} PlacedMarker
 */

const SIZE = 44; // CSS pixels of the blend's picture
const STEM = 22; // between the blend's place and its picture

/**
 * Where the blend and its classes' centroids lie on a map.
 * @param {Pick<Marker, "z"|"parts">} blend
 * @param {Layout} layout
 * @param {Files} files
 * @param {string[]} classes
 * @returns {Promise<PlacedMarker>}
 */
export async function placeMarker(blend, layout, files, classes) {
  const latents = [blend.z, ...blend.parts.map((part) => part.z)].map((z) => Float32Array.from(z));
  const [place, ...ends] = await placesOf(latents, layout, files);
  return {
    place,
    label: layout.linear ? t("Blend##a picture") : t("Blend (by neighbours)"),
    ends: blend.parts.map(({ name, share }, i) => {
      const index = classes.indexOf(name);
      return { place: ends[i], share, index: index < 0 ? null : index };
    }),
  };
}

/** The picture at a URL, or null where it cannot be shown. @param {string} url @returns {Promise<HTMLImageElement|null>} */
export async function loadPicture(url) {
  const picture = new Image();
  picture.src = url;
  await picture.decode().catch(() => {});
  return picture.naturalWidth ? picture : null;
}

/**
 * The lines from the blend to its classes.
 * @param {CanvasRenderingContext2D} context
 * @param {Camera} camera
 * @param {PlacedMarker} marker
 * @param {Theme} theme
 */
export function drawLines(context, camera, marker, theme) {
  const [x, y] = camera.toScreen(marker.place);
  for (const { index, place, share } of marker.ends) {
    const [x1, y1] = camera.toScreen(place);
    const own = index === null ? theme.text : colourOf(index);
    for (const { colour, extra } of [{ colour: theme.ground, extra: 3 }, { colour: own, extra: 0 }]) {
      context.strokeStyle = colour;
      context.lineWidth = 1.5 + 3.5 * share + extra;
      context.globalAlpha = extra ? 0.6 : 0.95;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x1, y1);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.fillStyle = own;
    context.beginPath();
    context.arc(x1, y1, 4, 0, 2 * Math.PI);
    context.fill();
  }
}

/** The box of the blend's picture and its name. @param {Camera} camera @param {PlacedMarker} marker @returns {Box} */
export function pinBox(camera, marker) {
  const [x, y] = camera.toScreen(marker.place);
  const [picture, name] = [SIZE / 2 + 3, 4.2 * marker.label.length];
  const middle = inside(x, name + RIM, camera.width);
  return [Math.min(x - picture, middle - name), y - SIZE - STEM - 24, Math.max(x + picture, middle + name), y - STEM + 2];
}

/**
 * The blend's picture on a stem above its place, so that the place itself stays in sight.
 * @param {CanvasRenderingContext2D} context
 * @param {Camera} camera
 * @param {PlacedMarker & {picture: HTMLImageElement|null}} marker
 * @param {Theme} theme
 */
export function drawPin(context, camera, marker, theme) {
  const [x, y] = camera.toScreen(marker.place);
  context.fillStyle = theme.accent;
  context.strokeStyle = theme.ground;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, 6, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  const [wide, high] = marker.picture ? within(SIZE, marker.picture) : [SIZE, SIZE];
  const top = y - STEM - high;
  context.fillStyle = theme.accent;
  context.fillRect(x - 1.25, top + high, 2.5, STEM - 4);
  if (marker.picture) {
    context.fillRect(x - wide / 2 - 3, top - 3, wide + 6, high + 6);
    context.imageSmoothingEnabled = false;
    context.drawImage(marker.picture, x - wide / 2, top, wide, high);
  }
  context.font = "700 14px system-ui, sans-serif";
  context.textAlign = "center";
  haloText(context, marker.label, inside(x, context.measureText(marker.label).width / 2 + RIM, camera.width), top - 9, theme);
}
