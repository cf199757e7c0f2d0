// Leave-one-out: what each class's own share brings to its evidence, measured a few classes at a time.

/** Leave-one-out in bits of the four pictures while every class of the dataset is in the blend. */
export class Lost {
  /** @param {number[]} places of the dataset's classes in the mix's rows @param {number[]} rows of these classes */
  constructor(places, rows) {
    this.places = places;
    this.rows = rows;
    this.at = {};
    this.price = {};
    this.bits = {};
  }

  /** Leave-one-out of one of the pictures, (classes,), once each of its classes was measured; else null. */
  of(part) {
    return this.bits[part]?.some(Number.isNaN) ? null : (this.bits[part] ?? null);
  }

  /**
   * Measures as many classes as there is room for, going on where it stopped.
   * @param {object} view a frame's values, with the whole picture's bits
   * @param {number} room ms
   * @returns {Promise<boolean>} whether all classes are measured for this view
   */
  async some(part, view, studio, room) {
    const whole = view.bits[part];
    if (!whole) return false;
    const count = this.places.length;
    const done = (view.measured[part] ??= 0);
    const take = Math.min(count - done, Math.max(1, Math.floor(room / (this.price[part] ?? 2))));
    const began = performance.now();
    const from = this.at[part] ?? 0;
    const turn = Array.from({ length: take }, (_, i) => (from + i) % count);
    const pictures = await studio.without(part, view.values, turn.map((i) => this.places[i]));
    const bits = await studio.bits(pictures, take);
    const classes = bits.length / take;
    const held = (this.bits[part] ??= new Float32Array(classes).fill(NaN));
    turn.forEach((i, row) => (held[this.rows[i]] = whole[this.rows[i]] - bits[row * classes + this.rows[i]]));
    this.at[part] = (from + take) % count;
    this.price[part] = 0.7 * (this.price[part] ?? 1) + (0.3 * (performance.now() - began)) / take;
    view.measured[part] = done + take;
    return view.measured[part] === count;
  }
}
