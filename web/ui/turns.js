// What follows the blend in a frame: as much as the frame has room for; the rest comes in the next frames, in turns.

const ROOM = 9; // ms of a frame after which nothing more is begun
const PATIENCE = 3; // frames after which slow work gets its turn although there is no room

/** Shares frames between jobs; it learns what each of them costs. */
export class Turns {
  constructor() {
    this.costs = {};
    this.late = 0;
  }

  /**
   * Does as many of a view's jobs as there is room for.
   * @param {{jobs: Job[]}} view its jobs that are not done yet; those that get done are taken out of it
   * @param {number} began when the frame began, in ms of performance.now()
   * @param {() => boolean} current whether the view is still wanted
   *
   * A job is {name, slow, step}; `step(room)` works for about `room` ms and tells whether the job is done. Jobs that
   * are not slow come first, the one that waits longest before the others.
   */
  async spend(view, began, current) {
    const left = () => ROOM - (performance.now() - began);
    let ran = false;
    for (const job of this.order(view.jobs.filter(({ slow }) => !slow), this.quick)) {
      if (ran && left() < (this.costs[job.name] ?? 0)) {
        this.quick = job.name;
        break;
      }
      await this.step(view, job, left());
      if (!current()) return;
      ran = true;
    }
    if (view.jobs.some(({ slow }) => !slow)) return;
    for (const job of this.order(view.jobs, this.slow)) {
      if (left() < 1 && (ran || this.late++ < PATIENCE)) return;
      this.late = 0;
      await this.step(view, job, left());
      if (!current()) return;
      ran = true;
      this.slow = view.jobs[(view.jobs.indexOf(job) + 1) % view.jobs.length]?.name;
    }
  }

  order(jobs, first) {
    const at = Math.max(0, jobs.findIndex(({ name }) => name === first));
    return [...jobs.slice(at), ...jobs.slice(0, at)];
  }

  async step(view, job, room) {
    const began = performance.now();
    const done = await job.step(room);
    if (done) view.jobs = view.jobs.filter((one) => one !== job);
    this.costs[job.name] = 0.7 * (this.costs[job.name] ?? 0) + 0.3 * (performance.now() - began);
  }
}
