// What the server tells the mixer, put to use.

/** Everything that can be blended: the dataset's classes, then the visitor's groups. */
export function namesOf(spec) {
  return [...spec.dataset.classes, ...spec.groups.map((group) => group.name)];
}
