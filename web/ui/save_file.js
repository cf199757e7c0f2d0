// Hands a file to the browser, which saves it as it saves all files.

import { h } from "./dom.js";

const UNSAFE = /[^\p{L}\p{N} ._-]+/gu; // in names of files, on one system or another
const PATIENCE = 10_000; // ms in which a browser has begun to read it

/** @param {Blob} file @param {string} name may hold anything */
export function saveFile(file, name) {
  const url = URL.createObjectURL(file);
  const link = h("a", { href: url, download: name.replace(UNSAFE, "_"), hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
}
