// The files behind the map, each loaded when it is first needed and then kept.

import { loadGraph } from "../engine/runner.js";
import { fetchArrays } from "../engine/safetensors.js";
import { FileError, fetchBytes, fileName, remember } from "../engine/files.js";
import { datasetFolder, graphUrl, modelFolder } from "../engine/urls.js";

const sheets = new Map();

export class Source {
  /**
   * @param {{dataset: string, slug: string, thumbs: {file: string, columns: number}, shape: number[]}} facts
   * @param {(sentence: string) => void} tell is given a line while files come, and "" when they are there
   */
  constructor(facts, tell) {
    this.facts = facts;
    this.tell = tell;
    this.coming = new Map();
  }

  /** Class of each row, its index in the source's split, and the split. */
  rows() {
    return this.arrays("rows", `${datasetFolder(this.facts.dataset)}rows.safetensors`);
  }

  projections() {
    return this.arrays("the map", `${modelFolder(this.facts.slug)}projections.safetensors`);
  }

  latents() {
    return this.arrays("the latents", `${modelFolder(this.facts.slug)}latents.safetensors`);
  }

  decoder() {
    return this.kept("the decoder", () => loadGraph(`${modelFolder(this.facts.slug)}decoder.onnx`, this.progress("the decoder")));
  }

  graph(name) {
    return this.kept("the graphs", () => loadGraph(graphUrl(name), this.progress("the graphs")));
  }

  /** The sheet of all pictures, tile i for row i. */
  sheet() {
    const url = `${datasetFolder(this.facts.dataset)}${this.facts.thumbs.file}`;
    return this.kept("the pictures", () => remember(sheets, url, async () => {
      const bytes = await fetchBytes(url, this.progress("the pictures"));
      try {
        // Neither colour management nor premultiplication: a tile's pixels stay exactly the dataset's.
        return await createImageBitmap(new Blob([bytes]), { premultiplyAlpha: "none", colorSpaceConversion: "none" });
      } catch {
        throw new FileError(`${fileName(url)} is damaged: it is not a picture. Copy it again.`, url);
      }
    }));
  }

  arrays(what, url) {
    return this.kept(what, () => fetchArrays(url, this.progress(what)));
  }

  async kept(what, load) {
    try {
      return await load();
    } finally {
      this.done(what);
    }
  }

  progress(what) {
    return (received, total) => {
      this.coming.set(what, total ? `${Math.round((100 * received) / total)} %` : `${Math.ceil(received / 1024)} kB`);
      this.report();
    };
  }

  done(what) {
    if (this.coming.delete(what)) this.report();
  }

  report() {
    const parts = [...this.coming].map(([what, share]) => `${what} ${share}`);
    this.tell(parts.length ? `Loading ${parts.join(", ")}` : "");
  }
}

/**
 * Draws row's tile at its own size, pixel for pixel.
 * @param {HTMLCanvasElement} canvas
 * @param {ImageBitmap} sheet
 * @param {{shape: number[], thumbs: {columns: number}}} facts
 */
export function drawTile(canvas, sheet, facts, row) {
  const [, height, width] = facts.shape;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  const { columns } = facts.thumbs;
  context.clearRect(0, 0, width, height);
  context.drawImage(sheet, (row % columns) * width, Math.floor(row / columns) * height, width, height, 0, 0, width, height);
}
