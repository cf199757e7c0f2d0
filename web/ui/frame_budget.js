// A frame's time, shared between jobs: as many as it has room for; the rest comes in the next frames, in turns.

const ROOM = 12; // ms after the begin of a frame from which on nothing more is begun, unless a page says more
const PATIENCE = 3; // frames after which slow work gets its turn although there is no room

/**
 * @typedef {object} Job
 * @property {string} name
 * @property {boolean} [slow] what frames may do without for a while
 * @property {(room: number) => Promise<boolean>} step works for about `room` ms and tells whether the job is done
 */

/** Runs jobs inside frames; it learns what each of them costs. */
export class FrameBudget {
  /** @param {number} [room] ms after the begin of a frame from which on nothing more is begun */
  constructor(room = ROOM) {
    this.room = room;
    /** @type {Record<string, number>} ms by the job's name, a running mean */
    this.costs = {};
    this.late = 0;
    /** @type {string|undefined} the quick job that waits longest */
    this.quick = undefined;
    /** @type {string|undefined} the slow job whose turn it is */
    this.slow = undefined;
  }

  /**
   * Does as many of the work's jobs as there is room for: those that are not slow first, and of these the one that
   * waits longest before the others.
   * @param {{jobs: Job[]}} work its jobs that are not done yet; those that get done are taken out of it
   * @param {number} began when the frame began, in ms of performance.now()
   * @param {() => boolean} current whether the work is still wanted
   */
  async spend(work, began, current) {
    const left = () => this.room - (performance.now() - began);
    let ran = false;
    for (const job of this.order(work.jobs.filter(({ slow }) => !slow), this.quick)) {
      if (ran && left() < (this.costs[job.name] ?? 0)) {
        this.quick = job.name;
        break;
      }
      await this.step(work, job, left());
      if (!current()) return;
      ran = true;
    }
    if (work.jobs.some(({ slow }) => !slow)) return;
    for (const job of this.order(work.jobs, this.slow)) {
      if (left() < 1 && (ran || this.late++ < PATIENCE)) return;
      this.late = 0;
      await this.step(work, job, left());
      if (!current()) return;
      ran = true;
      this.slow = work.jobs[(work.jobs.indexOf(job) + 1) % work.jobs.length]?.name;
    }
  }

  order(jobs, first) {
    const at = Math.max(0, jobs.findIndex(({ name }) => name === first));
    return [...jobs.slice(at), ...jobs.slice(0, at)];
  }

  async step(work, job, room) {
    const began = performance.now();
    const done = await job.step(room);
    if (done) work.jobs = work.jobs.filter((one) => one !== job);
    this.costs[job.name] = 0.7 * (this.costs[job.name] ?? 0) + 0.3 * (performance.now() - began);
  }
}
