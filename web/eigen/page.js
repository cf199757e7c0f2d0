// The page's controller: one k for everything on it, and who draws what anew in every frame in which k moves.

import { withGroups } from "../engine/groups.js";
import { decimals, t } from "../engine/language.js";
import { loadMethod, Model } from "../engine/model.js";
import { sharedGraph } from "../engine/runner.js";
import { Loop } from "../ui/frame_loop.js";
import { HandOver } from "../ui/hand_over.js";
import { Postponed } from "../ui/postponed.js";
import { ProgressLine } from "../ui/progress_line.js";
import { ClassCoordinates } from "./classes.js";
import { Control } from "./control.js";
import { Ingredients } from "./ingredients.js";
import { OwnBlend } from "./own_blend.js";
import { Rebuilt } from "./rebuilt.js";
import { themeOf } from "../ui/theme.js";

const REST = 150; // ms of rest after which the server hears of another k

/** @typedef {import("../engine/props.js").EigenProps} EigenProps */

/** One mounted page. */
export class EigenPage {
  /** Reaches the server; set by the entry point. @type {(name: string, value: any) => void} */
  send = () => {};
  /** @type {EigenProps|undefined} */
  data;
  k = 1;
  /** @type {Model|null} */
  linear = null;
  /** @type {Model|null} */
  vae = null;
  /** @type {import("../engine/runner.js").Graph|undefined} */
  error;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.progress = new ProgressLine(/** @type {HTMLElement} */ (root.querySelector(".eigen-progress")));
    this.telling = new Postponed(() => this.send("k", { k: this.k }));
    this.handOver = new HandOver(() => this.telling.now());
    this.control = new Control((k, settled) => this.move(k, settled));
    this.rebuilt = new Rebuilt((asked) => this.send("ask", asked));
    this.ingredients = new Ingredients((k) => this.move(k, true));
    this.classes = new ClassCoordinates();
    this.blend = new OwnBlend();
    root.append(this.control.element, ...[this.rebuilt, this.ingredients, this.classes, this.blend].map(({ panel }) => panel.element));
    this.loop = new Loop(() => this.draw());
  }

  stop() {
    this.handOver.stop();
    this.telling.drop();
    this.control.room.stop();
    this.loop.stop();
  }

  /** Takes what the server says. k follows it only when it did not come from here. @param {EigenProps} data */
  take(data) {
    const before = this.data;
    const other = !before || before.linear.slug !== data.linear.slug;
    const regrouped = before && JSON.stringify(before.groups) !== JSON.stringify(data.groups);
    if (other || (before.nonce !== data.nonce && !this.handOver.open)) this.k = Math.min(Math.max(1, data.recipe.k), data.linear.latent);
    this.data = data;
    this.root.style.colorScheme = themeOf(this.root);
    this.control.show(data);
    this.control.set(this.k);
    this.rebuilt.show(data);
    if (other || regrouped) this.linear = null;
    if (other || regrouped || before.vae?.slug !== data.vae?.slug) this.vae = null;
    this.prepare(data);
  }

  /** Opens what is not open yet, the visible things first; each part says itself what it could not get. @param {EigenProps} data */
  async prepare(data) {
    let failed = false;
    const current = () => this.data === data && !failed;
    const tell = (what, received, total) => {
      const values = { what, received: decimals(received / 1e6, 1), total: decimals(total / 1e6, 1) };
      if (current()) this.progress.tell(total ? t("Loading {what}: {received} of {total} MB …", values) : t("Loading {what}: {received} MB …", values));
    };
    const open = async (ref, told) => withGroups(await Model.open(ref, told), data.groups.map(({ moments }) => moments[ref.slug]));
    try {
      const [linear, error] = await Promise.all([
        this.linear ?? open(data.linear, (name, received, total) => tell(`${t("eigen-images")}, ${name}`, received, total)),
        sharedGraph("squared_error"),
      ]);
      const centre = await loadMethod(data.centre, linear);
      if (!current()) return;
      [this.linear, this.error] = [linear, error];
      this.loop.ask();
      await this.attempt(this.ingredients, () => this.ingredients.open(linear, data));
      await this.attempt(this.classes, () => this.classes.open(linear, centre, data));
      await this.attempt(this.blend, () => this.blend.open(linear, centre, data));
      this.loop.ask();
    } catch (problem) {
      if (current()) this.fail(problem);
      failed = true; // what else is still being loaded has nothing to say any more
      return;
    }
    if (data.vae) {
      await this.attempt(this.rebuilt, async () => {
        this.vae ??= await open(data.vae, (name, received, total) => tell(`${data.vae.title}, ${name}`, received, total));
        if (!current()) return;
        await this.rebuilt.rebuildOnce(this.linear, this.vae, this.error);
        await this.blend.openVae(this.vae);
      });
    }
    if (current()) this.progress.tell("");
  }

  /**
   * A part that fails shows its sentence and leaves the others alone.
   * @param {{panel: import("./panel.js").Panel}} part
   * @param {() => Promise<void>} work
   */
  async attempt({ panel }, work) {
    try {
      await work();
      panel.complain("");
    } catch (problem) {
      panel.complain(problem.message);
      console.warn(problem);
    }
  }

  /** @param {Error} problem */
  fail(problem) {
    this.progress.element.classList.add("eigen-problem");
    this.progress.fail(problem.message);
    console.warn(problem);
  }

  /** k under the visitor's hand; when it rests, the server learns it once. @param {number} k @param {boolean} settled */
  move(k, settled) {
    this.k = k;
    this.control.set(k);
    this.loop.ask();
    this.telling.drop();
    if (settled) this.telling.after(REST);
  }

  async draw() {
    if (!this.linear) return;
    const { k, linear } = this;
    this.ingredients.set(k);
    await this.rebuilt.draw(k, linear, this.error);
    await this.classes.draw(k);
    await this.blend.draw(k);
  }
}
