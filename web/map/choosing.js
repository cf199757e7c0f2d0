// Which points stand out, from what is chosen in the legend and what is selected on the map.

/**
 * @param {string[]} chosen names of classes and groups
 * @returns {[Set<number>, Set<number>, string[]]} indices of chosen classes, of chosen groups, and all class names
 */
export function pressedIn(chosen, classes, groups) {
  const indices = (names) => new Set(names.flatMap((name, index) => (chosen.includes(name) ? [index] : [])));
  return [indices(classes), indices(groups.map((group) => group.name)), classes];
}

/** 1 for every row that stands out, 0 for every dimmed one: the selection's, else the chosen ones, else all. */
export function levelsOf({ view, facts, groups, selecting, y }) {
  const [classes, pressed] = pressedIn(view.chosen, facts.classes, groups);
  const level = new Uint8Array(y.length).fill(1);
  if (selecting.rows) {
    level.fill(0);
    for (const row of selecting.rows) level[row] = 1;
  } else if (classes.size + pressed.size) {
    for (let i = 0; i < level.length; i++) level[i] = classes.has(y[i]) ? 1 : 0;
    for (const index of pressed) for (const row of groups[index].rows) level[row] = 1;
  }
  return level;
}
