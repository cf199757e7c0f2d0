// What a brush does to paint: a round spot, or the line from one place to the next, in fields of the picture.

import { FIELDS, MOST, SIDE } from "./where.js";

/**
 * @typedef {import("./where.js").Paint} Paint
 * @typedef {[across: number, down: number]} Spot in fields: 0.5, 0.5 is the middle of the first one
 *
 * @typedef {object} Brush
 * @property {string|null} name of the class; null erases what anybody painted
 * @property {number} level 1 to 3
 * @property {number} radius in fields
 */

const STEP = 0.4; // fields between the spots of a line

/**
 * Paint after a stroke from one spot to another. What is painted is as strong as the brush says, also where it was stronger
 * before, and others' paint gives way to it: two of them at full strength would be a draw.
 * @param {Paint} paint stays as it is
 * @param {Brush} brush
 * @param {Spot} from
 * @param {Spot} to
 * @returns {Paint}
 */
export function brushed(paint, { name, level, radius }, from, to) {
  const fields = new Set();
  const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / STEP));
  for (let i = 0; i <= steps; i++) {
    const at = /** @type {Spot} */ ([0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * i) / steps));
    for (const field of fieldsAt(at, radius)) fields.add(field);
  }
  const after = new Map([...paint].map(([other, levels]) => [other, levels.slice()]));
  if (name !== null && !after.has(name)) after.set(name, new Uint8Array(FIELDS));
  for (const [other, levels] of after) {
    const most = name === null ? 0 : MOST - level;
    for (const field of fields) levels[field] = other === name ? level : Math.min(levels[field], most);
  }
  return after;
}

/**
 * Fields whose middles a round brush covers, and the one that it is in.
 * @param {Spot} spot
 * @param {number} radius
 */
export function fieldsAt([across, down], radius) {
  const within = (/** @type {number} */ at) => Math.min(SIDE - 1, Math.max(0, Math.floor(at)));
  const found = [within(down) * SIDE + within(across)];
  for (let field = 0; field < FIELDS; field++) {
    const away = Math.hypot((field % SIDE) + 0.5 - across, Math.floor(field / SIDE) + 0.5 - down);
    if (away <= radius && field !== found[0]) found.push(field);
  }
  return found;
}

/** In how many fields a class counts more. @param {Paint} paint @param {string} name */
export function paintedFields(paint, name) {
  return paint.get(name)?.reduce((sum, level) => sum + Number(level > 0), 0) ?? 0;
}

/**
 * Who is painted in a field, the strongest first.
 * @param {Paint} paint
 * @param {string[]} names whose paint counts
 * @param {number} field
 * @returns {[name: string, level: number][]}
 */
export function paintersOf(paint, names, field) {
  const found = names.map((name) => /** @type {[string, number]} */ ([name, paint.get(name)?.[field] ?? 0]));
  return found.filter(([, level]) => level > 0).sort((one, other) => other[1] - one[1]);
}
