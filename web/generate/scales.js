// Where cosine and accuracy stand in the chart; the accuracy's top is stretched, because the last per cent is what counts.

const LEAST = 4e-4; // error that is drawn as none
const TICKS = [0.999, 0.995, 0.99, 0.98, 0.95, 0.9, 0.8, 0.6, 0.4];

/** Scales of a chart that holds all these points ({cosine, accuracy}); places are 0 to 1, y downwards. */
export class Scales {
  constructor(points) {
    if (!points.length) points = [{ cosine: 0.5, accuracy: 0.5 }];
    const cosines = points.map(({ cosine }) => cosine);
    this.low = Math.max(0, Math.floor(10 * Math.min(0.9, ...cosines) - 0.2) / 10);
    this.worst = stretched(Math.min(0.97, ...points.map(({ accuracy }) => accuracy)) - 0.02);
    this.best = stretched(1);
  }

  x(cosine) {
    return (Math.min(1, Math.max(this.low, cosine)) - this.low) / (1 - this.low);
  }

  y(accuracy) {
    return Math.min(1, (stretched(accuracy) - this.best) / (this.worst - this.best)); // what lies lower stands at the edge
  }

  get cosines() {
    const count = Math.round((1 - this.low) * 10);
    return Array.from({ length: count + 1 }, (_, i) => this.low + i / 10);
  }

  get accuracies() {
    return TICKS.filter((tick) => stretched(tick) <= this.worst);
  }
}

function stretched(accuracy) {
  return Math.log(Math.max(LEAST, 1 - accuracy));
}
