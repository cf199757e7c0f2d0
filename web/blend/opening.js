// How a model comes onto the desk: loaded while the old one stays, then its smaller parts one after the other.

import { pictureUrl } from "../ui/canvas.js";
import { Mix } from "../engine/mix.js";
import { Places } from "../engine/places.js";
import { namesOf } from "./spec.js";
import { PictureMaker } from "../engine/pictures.js";

/** The loading half of the desk; it uses the desk's board, loop, mix and history. */
export class Opening {
  /** Loads the model that the server names; newer calls win over older ones. */
  async load(spec) {
    const ticket = ++this.ticket;
    this.root.dataset.ready = "";
    this.sent = spec.recipe;
    this.history.push(spec.recipe);
    const names = namesOf(spec);
    const fresh = this.mix?.classes.join() !== names.join();
    const mix = fresh ? new Mix(spec.recipe, names) : this.mix;
    mix.apply(spec.recipe);
    if (!this.studio) {
      this.mix = mix;
      this.board.setClasses(mix);
    }
    this.board.waiting(`Loading ${spec.model.title}`);
    try {
      const studio = await PictureMaker.open(spec, spec.recipe.method, (sentence) => ticket === this.ticket && this.board.waiting(sentence));
      if (ticket !== this.ticket) return;
      this.enter(studio, mix);
      await this.rest(studio);
    } catch (error) {
      if (ticket !== this.ticket) return;
      this.ticket++; // progress of files that are still on their way is not told any more
      this.board.broken(error.message, () => this.load(this.spec));
    }
  }

  /** The new model takes over: from here on the controls are about it. */
  enter(studio, mix) {
    const other = mix !== this.mix;
    this.studio = studio;
    this.mix = mix;
    this.chosen = undefined;
    this.board.map.use(null);
    this.view = undefined;
    this.board.who.clear();
    if (other) {
      this.faces = undefined;
      this.board.setClasses(mix);
    }
    this.board.ready();
    this.telling = true;
    this.loop.ask();
  }

  async rest(studio) {
    await studio.openRest((part) => {
      if (studio !== this.studio) return;
      if (part === "centroids") this.face(studio);
      if (studio.unjudged) this.board.who.unjudged(studio.unjudged);
      this.telling = true;
      this.loop.ask();
    });
    if (studio !== this.studio) return;
    await this.openMap(this.board.map.kind, studio);
    if (studio !== this.studio) return;
    if (studio.failures.length) this.board.warn(studio.failures.join(" "));
    this.complete = studio;
    this.telling = true;
    this.loop.ask();
  }

  face(studio) {
    const [channels, height, width] = studio.props.dataset.shape;
    const size = channels * height * width;
    this.faces = this.mix.classes.map((_, i) => pictureUrl(studio.centroids.data, studio.props.dataset.shape, i * size));
    this.board.chips.paint(this.faces);
    this.board.who.paint(this.faces);
    this.chosen = undefined;
  }

  /** Shows the map of a kind, loaded when it is first asked for. */
  async openMap(kind, studio = this.studio) {
    if (!studio) return;
    studio.places ??= {};
    this.board.map.show(kind);
    try {
      if (!studio.places[kind]) this.board.map.tell("Loading the map …");
      studio.places[kind] ??= await Places.open(studio.props, studio.model.mean, kind);
    } catch (error) {
      this.board.map.tell(error.message);
      return;
    }
    if (studio !== this.studio || kind !== this.board.map.kind) return;
    this.board.map.use(studio.places[kind]);
    this.telling = true;
    this.loop.ask();
  }
}
