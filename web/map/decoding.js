// The picture at any place of the map, live while the place moves: the newest place wins, none waits in a queue.

import { placeInWords, restInWords } from "./layout.js";
import { Decoder } from "./places.js";

export class Decoding {
  constructor(map) {
    this.map = map;
    this.wanted = null;
    this.decoder = new Decoder(map.source, map.facts);
    this.shown = 0;
  }

  /** Shows what is at a pixel: decoded where the map has a way back, the nearest picture where it has none. */
  atPixel(x, y) {
    const place = this.map.stage.camera.toPlace(x, y);
    return this.at(place);
  }

  async at(place) {
    const { stage } = this.map;
    this.wanted = place;
    stage.above.puck = place;
    stage.above.selected = -1;
    stage.request(false);
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.wanted) {
        const next = this.wanted;
        this.wanted = null;
        if (stage.layout.linear) await this.decode(next);
        else await this.nearest(next);
      }
    } catch (error) {
      this.map.problem(error);
    } finally {
      this.busy = false;
    }
  }

  async decode(place) {
    const { map } = this;
    const { layout } = map.stage;
    const z = await this.decoder.latentAt(place, layout);
    const values = await this.decoder.picture(z);
    if (layout !== map.stage.layout) return;
    const where = placeInWords(place, layout.names);
    map.card.showPicture(values, map.facts, { title: "Decoded here", detail: where, label: `Picture decoded at ${where}` });
    map.card.place(...map.stage.camera.toScreen(place), map.frame);
    map.inspector.decoded({ values, facts: map.facts, where, rest: restInWords(map.view, map.facts) + this.depthNote(), title: "Decoded here" });
    this.last = { place, z, values };
    this.shown++;
  }

  depthNote() {
    return this.map.view.dims === 3 ? " In depth, the place is the one on the plane through the middle that faces you." : "";
  }

  async nearest(place) {
    const { map } = this;
    const { stage } = map;
    const [x, y] = stage.camera.toScreen(place);
    const row = stage.pick(x, y, 4000);
    if (row < 0) return;
    const sheet = await map.sheet();
    const where = placeInWords(place, stage.layout.names);
    map.inspector.nearestOnly({ row, y: map.y[row], name: map.nameOf(row) }, { sheet, facts: map.facts, where });
    await map.hovering.show(row);
    this.shown++;
  }

  /** Takes the puck away. */
  clear() {
    this.wanted = null;
    this.map.stage.above.puck = null;
  }
}
