// The map by keyboard: arrows move, turn, step from point to point or steer the cross hairs, as the tool asks.

import { corner, steer, walk } from "./steps.js";

const STEP = 40; // CSS pixels a key press pans
const FINE = 12; // CSS pixels a key press moves the cross hairs
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What the keys do, as lines for people. */
export const HELP = [
  ["Arrows", "move the map (2-D) or turn it (3-D); in the other tools: move the cross hairs"],
  ["+  −  0", "zoom in, zoom out, show everything"],
  ["P", "go to the point nearest to the middle; arrows then step from point to point, Enter looks closer"],
  ["D  B  L  M", "tools: Decode here, Box, Lasso, Move"],
  ["Enter", "Box and Lasso: set a corner (a box ends with its second, a lasso with Space)"],
  ["Escape", "cancel, or clear what is selected"],
];

/** A keydown listener for the map's surface. */
export function keysFor(map) {
  const { stage } = map;
  const modes = { d: "decode", b: "box", l: "lasso", m: "move" };

  const arrow = ([dx, dy], far) => {
    const { camera } = stage;
    if (map.walking >= 0) return walk(map, stage.index().towards(map.walking, dx, dy, stage.level));
    if (map.mode === "move") {
      if (camera.dims === 3 && !far) camera.turn(-dx * STEP * 0.5, -dy * STEP * 0.5);
      else camera.pan(-dx * STEP, -dy * STEP);
      return map.moved();
    }
    steer(map, dx * FINE * (far ? 4 : 1), dy * FINE * (far ? 4 : 1));
  };

  const enter = () => {
    if (map.walking >= 0) map.look(map.walking);
    else if (map.mode === "box" || map.mode === "lasso") corner(map);
    else if (map.mode === "decode") steer(map, 0, 0);
    else walk(map, stage.pick(stage.camera.width / 2, stage.camera.height / 2, 4000));
  };

  return (event) => {
    delete event.currentTarget.dataset.pointer;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (ARROWS[key]) arrow(ARROWS[key], event.shiftKey);
    else if (key === "+" || key === "=") map.zoom(1.3);
    else if (key === "-" || key === "_") map.zoom(1 / 1.3);
    else if (key === "0") map.fit();
    else if (key === "p") walk(map, stage.pick(stage.camera.width / 2, stage.camera.height / 2, 4000));
    else if (modes[key]) map.setMode(modes[key]);
    else if (key === "Enter") enter();
    else if (key === " " && map.mode === "lasso") map.selecting.end();
    else if (key === "Escape") map.escape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
