// How the desk draws: the newest values first, then what their view still lacks, and in words when nothing is left.

import { sentence, show, takeOut } from "./account.js";
import { expose } from "../ui/for_tests.js";
import { Opening } from "./opening.js";
import { paint } from "./paint.js";
import { list, mixture } from "../engine/sentences.js";

/** The drawing half of the desk; it uses the desk's board, loop, mix, turns and hint. */
export class Drawing extends Opening {
  /**
   * One frame. A fresh one shows the newest values on the controls and begins a new view with the blend; every frame
   * then goes on with what the view still lacks. A view that came to rest is put into words when nothing is left.
   */
  async draw(fresh) {
    const { mix, studio } = this;
    const began = performance.now();
    if (!studio) return;
    if (fresh) this.controls(mix);
    if (!mix.chosen.length) {
      this.view = undefined;
      this.board.nothing("Choose at least one class.");
      this.mark(this.complete === studio);
      return;
    }
    try {
      if (fresh) {
        this.mark(false);
        const resting = this.telling;
        const view = await paint(this, studio, mix, !resting);
        if (studio !== this.studio) return;
        this.view = view;
      }
      if (this.view) await this.goOn(this.view, mix, began, fresh);
    } catch (error) {
      this.board.warn(error.message);
    }
  }

  controls(mix) {
    const chosen = mix.chosen.join();
    if (chosen !== this.chosen) {
      this.chosen = chosen;
      this.board.setChosen(mix, this.faces);
    }
    this.board.show(mix);
  }

  async goOn(view, mix, began, fresh) {
    const current = () => view === this.view;
    if (view.bits.blend && fresh) show(this.board, view);
    if (fresh || this.pointed !== this.shownOut) {
      this.shownOut = this.pointed;
      await takeOut(this.board, view, mix, this.pointed ?? null);
    }
    await this.turns.spend(view, began, current);
    if (!current()) return;
    show(this.board, view);
    if (view.jobs.length) this.loop.more();
    else if (view.resting && !view.told && !this.loop.fresh) this.rested(view, mix);
  }

  /** Everything about the values that stay is there. */
  rested(view, mix) {
    view.told = true;
    this.telling = false;
    expose("pictures", { without: view.lost ? view.lost.of("blend") : null });
    this.tell(view, mix);
    this.mark(this.complete === view.studio);
  }

  /** Tells tests and styles whether everything on the page is of the newest values. */
  mark(all) {
    const word = all ? "all" : "blend";
    if (this.root.dataset.ready !== word) this.root.dataset.ready = word;
  }

  /** Puts into words what is seen, after the values came to rest. */
  tell(view, mix) {
    const names = mix.chosen.map((i) => mix.classes[i]);
    const blend = `Blend of ${list(names.filter((_, i) => mix.shares[i] > 0))}.`;
    const said = [sentence(view, !this.uneven()) || blend];
    if (mix.empty) said.push("All amounts are 0, so the classes share equally.");
    if (this.hint) said.push(this.hint);
    this.board.describe(mixture(names, mix.shares), mix);
    this.board.pictures.tell(said.join(" "));
  }
}
