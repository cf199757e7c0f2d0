// Leave-one-out: what each class's own share brings to its evidence, measured a few classes at a time.

/**
 * What is measured: `bits` of the whole picture by part, (classes,); `measured` counts, by part, the classes that were
 * measured for these values.
 * @template V
 * @typedef {{values: V, bits: Record<string, Float32Array>, measured: Record<string, number>}} View
 */

/**
 * Who makes pictures without a class, (out * pixels), and reads them, (count * classes).
 * @template V
 * @typedef {object} Maker
 * @property {(part: string, values: V, out: number[]) => Promise<Float32Array>} without
 * @property {(pictures: Float32Array, count: number) => Promise<Float32Array>} bits
 */

/** Leave-one-out in bits of the pictures ("parts") of a mix while every class of the dataset is in it. */
export class LeaveOneOut {
  /** Which class is next. @type {Record<string, number>} */
  next = {};
  /** ms per class, as it was lately. @type {Record<string, number>} */
  price = {};
  /** (classes,), NaN where none was measured yet. @type {Record<string, Float32Array>} */
  bits = {};

  /**
   * @param {number[]} places of the dataset's classes in the mix's rows
   * @param {number[]} rows of these classes
   */
  constructor(places, rows) {
    this.places = places;
    this.rows = rows;
  }

  /**
   * Leave-one-out of one of the pictures, (classes,), once each of its classes was measured; else null.
   * @param {string} part
   */
  of(part) {
    const bits = this.bits[part];
    return bits && !bits.some(Number.isNaN) ? bits : null;
  }

  /**
   * Measures as many classes as there is room for, going on where it stopped.
   * @template V
   * @param {string} part
   * @param {View<V>} view
   * @param {Maker<V>} maker
   * @param {number} room ms
   * @returns {Promise<boolean>} whether all classes are measured for this view
   */
  async some(part, view, maker, room) {
    const whole = view.bits[part];
    if (!whole) return false;
    const count = this.places.length;
    const done = (view.measured[part] ??= 0);
    const take = Math.min(count - done, Math.max(1, Math.floor(room / (this.price[part] ?? 2))));
    const began = performance.now();
    const from = this.next[part] ?? 0;
    const turn = Array.from({ length: take }, (_, i) => (from + i) % count);
    const pictures = await maker.without(part, view.values, turn.map((i) => this.places[i]));
    const bits = await maker.bits(pictures, take);
    const classes = bits.length / take;
    const held = (this.bits[part] ??= new Float32Array(classes).fill(NaN));
    turn.forEach((i, row) => (held[this.rows[i]] = whole[this.rows[i]] - bits[row * classes + this.rows[i]]));
    this.next[part] = (from + take) % count;
    this.price[part] = 0.7 * (this.price[part] ?? 1) + (0.3 * (performance.now() - began)) / take;
    view.measured[part] = done + take;
    return view.measured[part] === count;
  }
}
