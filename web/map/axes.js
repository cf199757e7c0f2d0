// The map's axes: a quiet grid with numbers in two dimensions, three named lines through the middle in three.

const EDGE = 8;

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Camera} camera
 * @param {{names: string[]}} layout
 * @param {{text: string, line: string, ground: string}} theme CSS colours
 */
export function drawAxes(context, camera, layout, theme) {
  context.font = "12px system-ui, sans-serif";
  context.lineWidth = 1;
  if (layout.dims === 2) drawGrid(context, camera, layout, theme);
  else drawTriad(context, camera, layout, theme);
}

/**
 * The lines of the grid of a flat map.
 * @returns {{step: number, across: number[][], up: number[][]}} [value, CSS pixel] of each line
 */
export function gridOf(camera) {
  const step = niceStep(90 / camera.scale);
  const [left, top] = camera.toPlace(0, 0);
  const [right, bottom] = camera.toPlace(camera.width, camera.height);
  const [across, up] = [[], []];
  for (let value = Math.ceil(left / step) * step; value <= right; value += step) across.push([value, camera.toScreen([value, 0])[0]]);
  for (let value = Math.ceil(bottom / step) * step; value <= top; value += step) up.push([value, camera.toScreen([0, value])[1]]);
  return { step, across, up };
}

function drawGrid(context, camera, { names }, theme) {
  const { width, height } = camera;
  const { step, across, up } = gridOf(camera);
  context.textAlign = "center";
  for (const [value, x] of across) if (x > 170 && x < width - 60) halo(context, label(value, step), x, height - 24, theme, 0.75);
  context.textAlign = "left";
  for (const [value, y] of up) if (y > 64 && y < height - 40) halo(context, label(value, step), EDGE, y + 4, theme, 0.75);
  context.textAlign = "center";
  halo(context, `${names[0]} →`, Math.max(width / 2, Math.min(250, width - 90)), height - EDGE, theme, 1);
  context.save();
  context.translate(48, height / 2);
  context.rotate(-Math.PI / 2);
  halo(context, `${names[1]} →`, 0, 0, theme, 1);
  context.restore();
}

function drawTriad(context, camera, { names }, theme) {
  const { low, high } = camera.box;
  const middle = low.map((value, axis) => (value + high[axis]) / 2);
  names.forEach((name, axis) => {
    const [from, to] = [[...middle], [...middle]];
    from[axis] = low[axis];
    to[axis] = high[axis];
    const [x0, y0] = camera.toScreen(from);
    const [x1, y1] = camera.toScreen(to);
    context.strokeStyle = theme.text;
    context.globalAlpha = 0.35;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
    context.globalAlpha = 1;
    context.textAlign = x1 < 130 ? "left" : x1 > camera.width - 130 ? "right" : "center";
    const y = Math.min(Math.max(y1 + (y1 < y0 ? -7 : 16), 14), camera.height - EDGE);
    halo(context, `${name} →`, Math.min(Math.max(x1, EDGE), camera.width - EDGE), y, theme, 0.95);
  });
}

/** Text that stays readable over points: first its outline in the ground's colour. */
export function halo(context, text, x, y, theme, alpha = 1, width = 3.5) {
  context.save();
  context.lineJoin = "round";
  context.lineWidth = width;
  context.strokeStyle = theme.ground;
  context.globalAlpha = 0.85;
  context.strokeText(text, x, y);
  context.globalAlpha = alpha;
  context.fillStyle = theme.text;
  context.fillText(text, x, y);
  context.restore();
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((step) => step * power >= rough);
}

function label(value, step) {
  return Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(step))))).toString();
}
