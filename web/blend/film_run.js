// A film being made, picture by picture, from the first to the file; whoever began it may stop it at any moment.

const LOOKED_AT = 24; // pictures that tell which colours a film has

/** @typedef {import("../ui/film_file.js").Film} Film */

/** Makes one film, once. */
export class FilmRun {
  #stopped = false;
  /** @type {import("../ui/film_file.js").Writer|undefined} */
  #writer;

  /**
   * @param {object} parts
   * @param {Pick<import("../ui/film_file.js").Kind, "lacks"|"open">} parts.kind of file
   * @param {Film} parts.film as it is told to the writer
   * @param {(index: number) => Promise<Uint8Array>} parts.picture as it is made, which tells its colours
   * @param {(pixels: Uint8Array) => Uint8Array} [parts.finish] what is written of it
   * @param {(done: number) => void} [parts.told] hears after each picture how many there are
   */
  constructor({ kind, film, picture, finish = (pixels) => pixels, told = () => {} }) {
    this.parts = { kind, film, picture, finish, told };
  }

  /**
   * @returns {Promise<Blob|null>} the file; null where it was stopped, also while the file was being finished
   * @throws {Error} a sentence: this browser cannot write such files, or a picture cannot be made
   */
  async make() {
    try {
      const file = await this.#file();
      if (!this.#stopped) return file;
    } catch (error) {
      if (!this.#stopped) throw error; // else it is what a writer says that was stopped
    } finally {
      this.#writer?.cancel?.(); // which is nothing to one that has ended
    }
    return null;
  }

  /** Makes no more of it: what is under way ends early. */
  stop() {
    this.#stopped = true;
    this.#writer?.cancel?.();
  }

  async #file() {
    const { kind, film, picture, finish, told } = this.parts;
    const lacks = await kind.lacks(film);
    if (lacks) throw new Error(lacks);
    const some = [];
    for (let i = 0; i < film.frames && !this.#stopped; i += Math.ceil(film.frames / LOOKED_AT)) some.push(await picture(i));
    if (this.#stopped) return null;
    this.#writer = await kind.open(film, some);
    for (let i = 0; i < film.frames && !this.#stopped; i++) {
      await this.#writer.add(finish(await picture(i)), i);
      told(i + 1);
      if (i % 4 === 0) await new Promise((done) => setTimeout(done)); // the page stays alive
    }
    return this.#stopped ? null : this.#writer.end();
  }
}
