// The mixer's data as pages/parts/mixer.py sends it, made ready for use.

/** The data with whole URLs in the place of the server's relative ones. */
export function resolve(data) {
  const whole = (part) => part && { ...part, folder: new URL(`../../${part.folder}`, import.meta.url).href };
  return { ...data, dataset: whole(data.dataset), model: whole(data.model), linear: whole(data.linear) };
}

/** Everything that can be blended: the dataset's classes, then the visitor's groups. */
export function namesOf(spec) {
  return [...spec.dataset.classes, ...spec.groups.map((group) => group.name)];
}
