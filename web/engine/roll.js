// A picture that is a piano roll, read as sound: a column is a step in time, a row a note, and what is brighter is louder.

const VOICES = 4; // notes of a step at most: an average of many melodies has a little of everything
const LEAST = 0.15; // brightness from which on a note is heard

/** The frequency of a MIDI number: 69 is the A of 440 Hz. @param {number} note */
export const hertz = (note) => 440 * 2 ** ((note - 69) / 12);

/**
 * What sounds in a step, the loudest first; nothing where the column is dark.
 * @param {ArrayLike<number>} pixels (1, height, width), 0..1
 * @param {[number, number, number]} shape
 * @param {number} step the column
 * @returns {{row: number, loudness: number}[]}
 */
export function sounding(pixels, [, height, width], step) {
  const heard = [];
  for (let row = 0; row < height; row++) {
    const loudness = Math.min(1, pixels[row * width + step]);
    if (loudness >= LEAST) heard.push({ row, loudness });
  }
  return heard.sort((a, b) => b.loudness - a.loudness).slice(0, VOICES);
}
