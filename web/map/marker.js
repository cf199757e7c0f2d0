// The blend of the present recipe as a mark on the map: where it lies, and where its classes' centroids lie.

import { placesOf } from "./places.js";

/**
 * @param {{z: number[], parts: {name: string, share: number, z: number[]}[], picture: string}} blend from Python
 * @returns {Promise<object>} what `drawLines` and `drawPin` draw
 */
export async function markerOf(blend, layout, source, facts) {
  const latents = [blend.z, ...blend.parts.map((part) => part.z)].map((z) => Float32Array.from(z));
  const [place, ...ends] = await placesOf(latents, layout, source);
  const picture = new Image();
  picture.src = blend.picture;
  await picture.decode().catch(() => {});
  return {
    place,
    picture: picture.naturalWidth ? picture : null,
    label: layout.linear ? "Blend" : "Blend (by neighbours)",
    ends: blend.parts.map(({ name, share }, i) => {
      const index = facts.classes.indexOf(name);
      return { place: ends[i], share, index: index < 0 ? null : index };
    }),
  };
}
