// Plays a piano roll in a circle through Web Audio. Each step is read just before it is due, so that a roll that changes
// is heard as it changes. Nothing sounds before `play`, which has to come from a press: browsers allow sound no earlier.

import { t } from "../engine/language.js";
import { hertz, sounding } from "../engine/roll.js";

/**
 * @typedef {{pixels: ArrayLike<number>, shape: [number, number, number], notes: number[]}} Roll
 *   notes are the MIDI numbers of the rows, the top one first
 */

export const STEP = 0.15; // s
const AHEAD = 0.1; // s that a step is planned before it is due, as timers come late
const EVERY = 30; // ms between two looks at the clock
const ATTACK = 0.01; // s
const RELEASE = 0.03; // s in which a note falls to a third
const LEVEL = 0.22; // of one note: four of them are not too much for a loudspeaker
const PATIENCE = 1500; // ms in which the browser has to let the sound begin

export const SENTENCES = {
  none: t("This browser cannot play sound. The melody can be seen all the same: a column is a step, and higher is higher."),
  refused: t("The browser does not let this page play sound. Allow sound for this site, then press Play melody again."),
  broken: t("The sound could not be opened: no loudspeaker, or too many pages that play. Close some, then press Play melody again."),
  interrupted: t("The sound was interrupted. Press Play melody to hear it again."),
};

export class Player {
  /**
   * @param {object} on
   * @param {() => Roll|null} on.roll what is to be heard now
   * @param {(playing: boolean, problem: string) => void} on.state it began, or stopped; problem says why it could not play
   * @param {(step: number|null) => void} on.step a step sounds now; null where none does
   */
  constructor(on) {
    this.on = on;
    this.playing = false;
    this.volume = 1;
    this.attempt = 0;
    this.steps = 0;
    /** @type {AudioContext|undefined} */
    this.context = undefined;
    /** @type {GainNode|undefined} */
    this.master = undefined;
    /** @type {Map<number, {oscillator: OscillatorNode, gain: GainNode}>} by row */
    this.voices = new Map();
    /** @type {Set<ReturnType<typeof setTimeout>>} */
    this.timers = new Set();
  }

  /** Begins at the first step; a second call changes nothing. */
  async play() {
    if (this.playing) return;
    const attempt = ++this.attempt;
    this.playing = true;
    const problem = await this.opened();
    if (attempt !== this.attempt) return; // stopped meanwhile
    if (problem) return this.end(problem);
    this.on.state(true, "");
    this.next = this.context.currentTime + 0.02;
    this.step = 0;
    this.look();
  }

  stop() {
    if (this.playing) this.end("");
  }

  /** @param {number} volume 0..1 */
  loud(volume) {
    this.volume = volume;
    this.master?.gain.setTargetAtTime(volume * volume, this.context.currentTime, 0.02); // ears hear squares as even steps
  }

  /** Why nothing can be heard, "" where it can. @returns {Promise<string>} */
  async opened() {
    const Context = globalThis.AudioContext ?? globalThis["webkitAudioContext"];
    if (!Context) return SENTENCES.none;
    try {
      if (!this.context) {
        this.context = new Context();
        this.context.onstatechange = () => {
          if (this.playing && this.steps && this.context.state !== "running") this.end(SENTENCES.interrupted);
        };
        this.master = this.context.createGain();
        this.master.connect(this.context.destination);
        this.master.gain.value = this.volume * this.volume;
      }
    } catch {
      this.context = undefined;
      return SENTENCES.broken;
    }
    // A browser that does not allow it may leave the promise open for ever; an old one gives none.
    const allowed = Promise.resolve(this.context.resume()).catch(() => {});
    await Promise.race([allowed, new Promise((done) => this.later(done, PATIENCE))]);
    return this.context.state === "running" ? "" : SENTENCES.refused;
  }

  /** Plans the steps that are due soon. */
  look() {
    const now = this.context.currentTime;
    this.next = Math.max(this.next, now); // a tab that slept goes on where it is, and does not catch up
    while (this.next < now + AHEAD) {
      this.plan(this.step, this.next);
      this.next += STEP;
    }
    this.later(() => this.look(), EVERY);
  }

  /** @param {number} step @param {number} at in the context's seconds */
  plan(step, at) {
    const roll = this.on.roll();
    const heard = roll ? sounding(roll.pixels, roll.shape, step) : [];
    const rows = new Set(step ? heard.map(({ row }) => row) : []); // a circle begins with notes of its own
    for (const row of [...this.voices.keys()]) if (!rows.has(row)) this.release(row, at);
    for (const { row, loudness } of heard) {
      const held = this.voices.get(row);
      if (held) held.gain.gain.setTargetAtTime(LEVEL * loudness, at, RELEASE); // the same note again is held
      else this.begin(row, hertz(roll.notes[row]), LEVEL * loudness, at);
    }
    this.steps = roll ? roll.shape[2] : this.steps || 1;
    this.step = (step + 1) % this.steps;
    this.later(() => this.on.step(roll ? step : null), Math.max(0, (at - this.context.currentTime) * 1000));
  }

  begin(row, frequency, level, at) {
    const oscillator = this.context.createOscillator();
    const gain = this.context.createGain();
    oscillator.type = "triangle";
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(level, at + ATTACK);
    oscillator.connect(gain).connect(this.master);
    oscillator.start(at);
    this.voices.set(row, { oscillator, gain });
  }

  release(row, at) {
    const { oscillator, gain } = this.voices.get(row);
    gain.gain.setTargetAtTime(0, at, RELEASE);
    oscillator.stop(at + 8 * RELEASE);
    this.voices.delete(row);
  }

  /** @param {string} problem why, "" where it was asked for */
  end(problem) {
    this.attempt++;
    this.playing = false;
    this.steps = 0;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    for (const row of [...this.voices.keys()]) this.release(row, this.context.currentTime);
    this.on.step(null);
    this.on.state(false, problem);
  }

  later(act, ms) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }

  dispose() {
    this.stop();
    this.context?.close().catch(() => {});
    this.context = this.master = undefined;
  }
}
