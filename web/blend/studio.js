// Where pictures beside the mixer's own are made: by models of its own, as a model remembers what it made last, and two
// that ask it in turns would each get the other's.

import { Mix } from "../engine/mix.js";
import { blendable } from "../engine/names.js";
import { PictureMaker } from "../engine/pictures.js";

/**
 * @typedef {import("../engine/props.js").BlendProps} BlendProps
 * @typedef {import("../engine/props.js").RecipeProps} Recipe
 * @typedef {import("../engine/pictures.js").Values} Values
 */

/** Makes one picture after the other. */
export class Studio {
  /** @type {{props: BlendProps, maker: PictureMaker}|undefined} */
  #open = undefined;
  #queue = Promise.resolve();

  /**
   * The picture of a recipe, or of values.
   * @param {BlendProps} props of the model
   * @param {Recipe|Values} what
   * @returns {Promise<Float32Array>} (channels, height, width), 0..1
   * @throws {Error} a sentence: a file is missing or damaged
   */
  picture(props, what) {
    const made = this.#queue.then(() => this.#make(props, what));
    this.#queue = made.then(() => {}, () => {});
    return made;
  }

  /** @param {BlendProps} props @param {Recipe|Values} what */
  async #make(props, what) {
    const values = "rows" in what ? what : new Mix(what, blendable(props)).values();
    if (this.#open?.props.model.slug !== props.model.slug || blendable(this.#open.props).join() !== blendable(props).join()) {
      this.#open = { props, maker: await PictureMaker.open(props, values.method) };
    }
    const { maker } = this.#open;
    await maker.need(values.method);
    return (await maker.blend({ ...values, moving: false })).picture.slice();
  }
}
