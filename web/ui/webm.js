// WebM files: what the browser's encoder gives, put into the boxes that players read (EBML, Matroska).

/** @typedef {{data: Uint8Array, time: number, key: boolean}} Packet time in ms; key: it can be read without those before */

const CODECS = { vp09: "V_VP9", vp8: "V_VP8" };
const LONGEST = 30_000; // ms of a cluster: its packets count from its beginning with 16 bits

/**
 * A WebM of one picture track.
 * @param {Packet[]} packets in their order, the first one a key
 * @param {object} film
 * @param {number} film.width
 * @param {number} film.height
 * @param {number} film.seconds
 * @param {string} film.codec as the encoder was told, "vp8" or beginning with "vp09"
 * @param {string} film.note that the file carries, as its comment
 */
export function webm(packets, { width, height, seconds, codec, note }) {
  const head = box(0x1a45dfa3, [
    box(0x4286, number(1)), box(0x42f7, number(1)), box(0x42f2, number(4)), box(0x42f3, number(8)),
    box(0x4282, text("webm")), box(0x4287, number(4)), box(0x4285, number(2)),
  ]);
  const duration = new Uint8Array(8);
  new DataView(duration.buffer).setFloat64(0, 1000 * seconds);
  const info = box(0x1549a966, [box(0x2ad7b1, number(1_000_000)), box(0x4489, duration), box(0x4d80, text("Medley")), box(0x5741, text("Medley"))]);
  const track = box(0xae, [
    box(0xd7, number(1)), box(0x73c5, number(1)), box(0x9c, number(0)), box(0x86, text(codec.startsWith("vp09") ? CODECS.vp09 : CODECS.vp8)), box(0x83, number(1)),
    box(0xe0, [box(0xb0, number(width)), box(0xba, number(height))]),
  ]);
  const tags = box(0x1254c367, box(0x7373, [box(0x63c0, []), box(0x67c8, [box(0x45a3, text("COMMENT")), box(0x4487, text(note))])]));
  const segment = box(0x18538067, [info, box(0x1654ae6b, track), tags, ...clusters(packets)]);
  return new Blob([head, segment], { type: "video/webm" });
}

/** @param {Packet[]} packets */
function clusters(packets) {
  /** @type {Packet[][]} */
  const groups = [];
  for (const packet of packets) {
    const group = groups.at(-1);
    if (group && !packet.key && packet.time - group[0].time < LONGEST) group.push(packet);
    else groups.push([packet]);
  }
  return groups.map((group) => {
    const begin = Math.round(group[0].time);
    const blocks = group.map(({ data, time, key }) => {
      const after = Math.round(time) - begin;
      return box(0xa3, joined([Uint8Array.from([0x81, after >> 8, after & 255, key ? 0x80 : 0]), data]));
    });
    return box(0x1f43b675, [box(0xe7, number(begin)), ...blocks]);
  });
}

/** A box: its name, its length, what is in it. @param {number} name @param {Uint8Array|Uint8Array[]} held */
function box(name, held) {
  const inside = Array.isArray(held) ? joined(held) : held;
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(inside.length) | (1n << 56n)); // the first bit says that it has 8 bytes
  return joined([number(name), length, inside]);
}

/** A whole number in as few bytes as it needs. @param {number} value */
function number(value) {
  const bytes = [];
  for (let rest = value; rest || !bytes.length; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

/** @param {string} words */
const text = (words) => new TextEncoder().encode(words);

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
