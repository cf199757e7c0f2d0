// Groups, the classes that visitors make on the map: they follow the dataset's own classes, in every array.

import { Machine } from "./model.js";

/**
 * A machine whose classes are followed by groups.
 * @param {Machine} machine
 * @param {{mean: number[], std: number[]}[]} groups
 * @returns {Machine} the same one where there are no groups
 */
export function withGroups(machine, groups) {
  if (!groups.length) return machine;
  const [mean, std] = ["mean", "std"].map((name) => longer(machine[name], groups.map((group) => group[name])));
  return new Machine(machine.folder, machine.decoder, { mean, std });
}

/**
 * The classes' mean pictures (classes, pixels), followed by the groups'.
 * @param {{picture: string}[]} groups each picture as float32 bytes in base64
 */
export function withPictures(pictures, groups) {
  return longer(pictures, groups.map(({ picture }) => new Float32Array(Uint8Array.from(atob(picture), (c) => c.charCodeAt(0)).buffer)));
}

function longer({ data, dims: [rows, width] }, more) {
  const out = new Float32Array((rows + more.length) * width);
  out.set(data);
  more.forEach((row, i) => out.set(row, (rows + i) * width));
  return { data: out, dims: [rows + more.length, width] };
}
