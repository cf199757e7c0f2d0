// Marks on the map: the ring around a point, the outline of a selection, the puck where a place is decoded.

/** A ring around a point; `strong` for the chosen one. */
export function drawRing(context, x, y, radius, theme, strong) {
  for (const [colour, width] of [[theme.ground, strong ? 5 : 4.5], [strong ? theme.accent : theme.text, strong ? 3 : 2]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, Math.max(radius + 5, 8), 0, 2 * Math.PI);
    context.stroke();
  }
}

/**
 * The outline of a box or lasso.
 * @param {{corners: number[][], onMap: boolean, open: boolean}} outline corners in map units, or in pixels while drawn
 */
export function drawOutline(context, camera, { corners, onMap, open }, theme) {
  if (!corners.length) return;
  context.beginPath();
  corners.forEach((corner, i) => {
    const [x, y] = onMap ? camera.toScreen(corner) : corner;
    if (i) context.lineTo(x, y);
    else context.moveTo(x, y);
  });
  if (!open) context.closePath();
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.1;
  context.fill();
  context.globalAlpha = 1;
  for (const [colour, width] of [[theme.ground, 4], [theme.accent, 2]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

/** Cross hairs with a ring where a place is decoded, or where the keyboard's cursor stands. */
export function drawPuck(context, camera, place, theme) {
  const [x, y] = camera.toScreen(place);
  for (const [colour, width] of [[theme.ground, 5], [theme.accent, 2.5]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + 5 * dx, y + 5 * dy);
      context.lineTo(x + 16 * dx, y + 16 * dy);
    }
    context.stroke();
  }
}
