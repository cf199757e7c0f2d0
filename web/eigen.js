// The live half of the Eigen-images page: one k for everything on it, drawn anew in every frame in which k moves.

import { Loop } from "./ui/frame_loop.js";
import { Blends } from "./eigen/blends.js";
import { Classes } from "./eigen/classes.js";
import { Control } from "./eigen/control.js";
import { Ingredients } from "./eigen/ingredients.js";
import { Pictures } from "./eigen/pictures.js";
import { withGroups } from "./engine/groups.js";
import { Model } from "./engine/model.js";
import { sharedGraph } from "./engine/runner.js";
import { modelFolder } from "./engine/urls.js";
import { say } from "./ui/dom.js";
import { themeOf } from "./eigen/signed.js";

const instances = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let view = instances.get(parentElement);
  if (!view) instances.set(parentElement, (view = new EigenView(parentElement.querySelector(".eigen"))));
  view.send = setStateValue;
  view.take(data);
  return () => {
    view.stop();
    instances.delete(parentElement);
  };
}

class EigenView {
  constructor(root) {
    this.root = root;
    this.progress = root.querySelector(".progress");
    this.turn = 0;
    this.parts = [];
    this.control = new Control((k, settled) => this.move(k, settled));
    this.pictures = new Pictures((which, draw) => this.send("ask", { which, draw }));
    this.ingredients = new Ingredients((k) => this.move(k, true));
    this.classes = new Classes();
    this.blends = new Blends();
    root.append(...[this.control, this.pictures, this.ingredients, this.classes, this.blends].map((part) => part.element));
    this.loop = new Loop(() => this.draw());
  }

  stop() {
    clearTimeout(this.pending);
    this.loop.stop();
  }

  /** Takes what Python says. k follows it only when it did not come from here. */
  take(data) {
    const before = this.data;
    const other = !before || before.linear.slug !== data.linear.slug;
    const regrouped = before && JSON.stringify(before.groups) !== JSON.stringify(data.groups);
    if (other || before.nonce !== data.nonce) this.k = Math.min(Math.max(1, data.recipe.k), data.linear.latent);
    this.data = data;
    this.root.style.colorScheme = themeOf(this.root);
    this.control.show(data);
    this.control.set(this.k);
    this.pictures.show(data);
    if (other || regrouped) this.linear = null;
    if (other || regrouped || before.vae?.slug !== data.vae?.slug) this.vae = null;
    this.prepare(data);
  }

  /** Opens what is not open yet, the visible things first; each part says itself what it could not get. */
  async prepare(data) {
    let failed = false;
    const current = () => this.data === data && !failed;
    const tell = (what, received, total) => {
      const part = total ? `${(received / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB` : `${(received / 1e6).toFixed(1)} MB`;
      if (current()) say(this.progress, `Loading ${what}: ${part} …`);
    };
    const open = async (which, told) => withGroups(await Model.open(modelFolder(data[which].slug), told), data.groups.map((group) => group[which]));
    try {
      const [linear, error] = await Promise.all([
        this.linear ?? open("linear", (name, ...bytes) => tell(`eigen-images, ${name}`, ...bytes)),
        sharedGraph("squared_error"),
      ]);
      if (!current()) return;
      [this.linear, this.error] = [linear, error];
      this.loop.ask();
      await this.attempt(this.ingredients, () => this.ingredients.open(linear, data));
      await this.attempt(this.classes, () => this.classes.open(linear, data));
      await this.attempt(this.blends, () => this.blends.open(linear, data));
      this.loop.ask();
    } catch (problem) {
      if (current()) this.fail(problem);
      failed = true; // what else is still being loaded has nothing to say any more
      return;
    }
    if (data.vae) {
      await this.attempt(this.pictures, async () => {
        this.vae ??= await open("vae", (name, ...bytes) => tell(`${data.vae.title}, ${name}`, ...bytes));
        if (!current()) return;
        await this.pictures.rebuildOnce(this.linear, this.vae, this.error);
        await this.blends.openVae(this.vae);
      });
    }
    if (current()) this.progress.hidden = true;
  }

  /** A part that fails shows its sentence and leaves the others alone. */
  async attempt(part, work) {
    try {
      await work();
      part.complain("");
    } catch (problem) {
      part.complain(problem.message);
      console.warn(problem);
    }
  }

  fail(problem) {
    this.progress.hidden = false;
    this.progress.classList.add("problem");
    say(this.progress, problem.message);
    console.warn(problem);
  }

  /** k under the visitor's hand; when it rests, Python learns it once. */
  move(k, settled) {
    this.k = k;
    this.control.set(k);
    this.loop.ask();
    clearTimeout(this.pending);
    if (settled) this.pending = setTimeout(() => this.send("k", { k, turn: ++this.turn }), 150);
  }

  async draw() {
    if (!this.linear) return 0;
    const { k, linear } = this;
    this.ingredients.set(k);
    await this.pictures.draw(k, linear, this.error);
    await this.classes.draw(k);
    await this.blends.draw(k);
    return 0; // nothing here waits for anything but work
  }
}
