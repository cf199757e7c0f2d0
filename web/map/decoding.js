// The picture at any place of the map, live while the place moves: the newest place wins, none waits in a queue.

import { t } from "../engine/language.js";
import { placeInWords, restInWords } from "./layout.js";
import { decode, latentAt } from "./projection.js";

/**
 * @import { Inspector } from "./inspector.js"
 * @import { Stage } from "./stage.js"
 * @import { MapState } from "./state.js"
 * @import { Sheet } from "./thumbnails.js"
 * @import { Tooltip } from "./tooltip.js"
 */

const ANYWHERE = 4000; // CSS pixels: the nearest point, however far it is

export class Decoding {
  /**
   * @param {object} given
   * @param {MapState} given.state
   * @param {Stage} given.stage
   * @param {Tooltip} given.tooltip
   * @param {Inspector} given.inspector
   * @param {() => Promise<Sheet>} given.sheet
   * @param {(row: number) => Promise<void>} given.showRow the card of a row
   * @param {(error: Error) => void} given.fail
   */
  constructor({ state, stage, tooltip, inspector, sheet, showRow, fail }) {
    this.state = state;
    this.stage = stage;
    this.tooltip = tooltip;
    this.inspector = inspector;
    this.sheet = sheet;
    this.showRow = showRow;
    this.fail = fail;
    /** @type {number[]|null} the newest place that was not shown yet */
    this.wanted = null;
    this.busy = false;
    /** @type {number[]|null} the place whose picture was decoded last */
    this.last = null;
  }

  /**
   * Shows what is at a pixel: decoded where the map has a way back, the nearest picture where it has none.
   * @param {number} x
   * @param {number} y
   */
  async atPixel(x, y) {
    if (!this.stage.layout) return;
    this.wanted = this.stage.camera.toPlace(x, y);
    this.stage.mark({ crosshair: this.wanted, selected: -1 });
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.wanted) {
        const place = this.wanted;
        this.wanted = null;
        if (this.stage.layout.linear) await this.decode(place);
        else await this.nearest(place);
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.busy = false;
    }
  }

  async decode(place) {
    const { state, stage, tooltip } = this;
    const { layout, camera } = stage;
    const { shape } = state.dataset;
    const values = await decode(await latentAt(place, layout, state.files), state.files);
    if (layout !== stage.layout) return;
    const where = placeInWords(place, layout.names);
    tooltip.showPicture(values, shape, { title: t("Decoded here"), detail: where, label: t("Picture decoded at {place}", { place: where }) });
    tooltip.place(...camera.toScreen(place));
    const rest = [restInWords(state.view, state.model.latent)];
    if (state.view.dims === 3) rest.push(t("In depth, the place is the one on the plane through the middle that faces you."));
    this.inspector.decoded({ values, shape, where, rest: rest.join(" ") });
    this.last = place;
  }

  async nearest(place) {
    const { state, stage } = this;
    const row = stage.pick(...stage.camera.toScreen(place), ANYWHERE);
    if (row < 0) return;
    const sheet = await this.sheet();
    this.inspector.nearest({ row, y: state.rows.y[row], name: state.rows.className(row), origin: state.rows.origin(row), where: placeInWords(place, stage.layout.names) }, sheet);
    await this.showRow(row);
  }

  /** Takes the cross hairs away. */
  clear() {
    this.wanted = null;
    this.stage.mark({ crosshair: null });
  }
}
