// One frame loop: the newest values win, nothing queues up, what can wait waits until they are painted, all of it timed.

import { exposeFrame } from "./for_tests.js";

/** Calls `draw` at most once a frame, again only when something was asked for since it began. */
export class Loop {
  /**
   * @param {(fresh: boolean) => Promise<void>} draw draws from the newest values, or goes on with what it drew last
   * @param {(began: number) => Promise<void>} [follow] goes on after the frame was painted; `began` is when it began, in
   *   ms of performance.now()
   */
  constructor(draw, follow) {
    this.draw = draw;
    this.follow = follow;
    this.input = 0;
    this.fresh = false;
    this.wanted = false;
    this.busy = false;
    this.stopped = false;
    /** @type {(() => void)|undefined} goes on with the frame that is being painted */
    this.onPainted = undefined;
    this.channel = new MessageChannel();
    this.channel.port1.onmessage = () => this.onPainted?.();
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
      try {
        await this.draw(fresh);
        frame.work = performance.now() - began;
        await this.paint();
        frame.painted = performance.now();
        exposeFrame(frame);
        if (this.follow && !this.stopped) {
          await this.follow(began);
          frame.work += performance.now() - frame.painted;
        }
      } catch (error) {
        reportError(error); // the next input gets another frame
      }
      this.busy = false;
      if (this.wanted && !this.stopped) this.start();
    });
  }

  /** Waits until what was drawn in this frame is painted: messages are handled after that. @returns {Promise<void>} */
  paint() {
    return new Promise((resolve) => {
      this.onPainted = resolve;
      this.channel.port2.postMessage(0);
    });
  }
}
