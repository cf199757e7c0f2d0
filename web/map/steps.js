// Where the keyboard is on the map: at a point, with its card, or anywhere, with the cross hairs.

/** Steps to a row by keyboard, with its card. */
export function walk(map, row) {
  if (row < 0) return;
  map.walking = row;
  map.stage.above.cursor = row;
  const [x, y] = [map.stage.xs[row], map.stage.ys[row]];
  const { width, height } = map.stage.camera;
  if (x < 60 || y < 60 || x > width - 60 || y > height - 60) {
    map.stage.camera.pan(width / 2 - x, height / 2 - y);
    map.stage.request();
    requestAnimationFrame(() => map.hovering.show(row, true));
  } else map.hovering.show(row, true);
}

/** Moves the keyboard's cross hairs by pixels; decodes there, or draws on with the outline. */
export function steer(map, dx, dy) {
  const { camera, above } = map.stage;
  const [x, y] = above.puck ? camera.toScreen(above.puck) : [camera.width / 2, camera.height / 2];
  const to = [Math.min(Math.max(x + dx, 0), camera.width), Math.min(Math.max(y + dy, 0), camera.height)];
  if (map.mode === "decode") return void map.decoding.atPixel(...to);
  above.puck = camera.toPlace(...to);
  if (map.selecting.active && map.mode === "box") map.selecting.move(...to);
  map.stage.request(false);
}

/** Enter in the box and lasso tools: a corner at the cross hairs. */
export function corner(map) {
  const { camera, above } = map.stage;
  above.puck ??= camera.toPlace(camera.width / 2, camera.height / 2);
  const at = camera.toScreen(above.puck);
  if (!map.selecting.active) map.selecting.start(...at);
  else {
    map.selecting.move(...at);
    if (map.mode === "box") map.selecting.end();
  }
  map.stage.request(false);
}
