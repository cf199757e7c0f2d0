// One frame loop: the newest values win, nothing queues up, and every frame is timed.

import { exposeFrame } from "./for_tests.js";

/** Calls `draw` at most once a frame, again only when something was asked for since it began. */
export class Loop {
  /** @param {(fresh: boolean) => Promise<void>} draw draws from the newest values, or goes on with what it drew last */
  constructor(draw) {
    this.draw = draw;
    this.input = 0;
    this.fresh = false;
    this.wanted = false;
    this.busy = false;
    this.stopped = false;
    /** @type {import("./for_tests.js").Timing[]} drawn and not painted yet */
    this.waiting = [];
    this.channel = new MessageChannel();
    this.channel.port1.onmessage = () => this.painted();
  }

  /** Asks for a frame. @param {number} [input] time stamp of the event that asks, in ms of performance.now(). */
  ask(input = performance.now()) {
    this.input = input;
    this.fresh = true;
    this.more();
  }

  /** Asks for a frame that goes on with the values of the last one. */
  more() {
    this.wanted = true;
    if (!this.busy && !this.stopped) this.start();
  }

  stop() {
    this.stopped = true;
    this.channel.port1.close();
  }

  start() {
    this.busy = true;
    requestAnimationFrame(async () => {
      if (this.stopped) return;
      const { fresh } = this;
      this.wanted = this.fresh = false;
      const began = performance.now();
      const frame = { input: fresh ? this.input : began, work: 0, painted: 0 };
      await this.draw(fresh);
      frame.work = performance.now() - began;
      this.waiting.push(frame);
      this.channel.port2.postMessage(0); // arrives after this frame was painted
      this.busy = false;
      if (this.wanted && !this.stopped) this.start();
    });
  }

  painted() {
    for (const frame of this.waiting.splice(0)) {
      frame.painted = performance.now();
      exposeFrame(frame);
    }
  }
}
