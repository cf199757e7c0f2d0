// Painting strokes over a grid of cells: a press paints, and so does every cell that the pointer passes while pressed.

/**
 * @param {HTMLElement} grid whose cells have data-row and data-column
 * @param {{paint: (cell: HTMLElement, event: Event) => boolean, hover: (cell: HTMLElement) => void, done: () => void}} told
 */
export function brushing(grid, { paint, hover, done }) {
  let stroke = null;
  const cellOf = (event) => {
    const under = /** @type {Document|ShadowRoot} */ (grid.getRootNode()).elementFromPoint(event.clientX, event.clientY);
    return under instanceof HTMLElement && under.dataset.column !== undefined && grid.contains(under) ? under : null;
  };
  const touch = (event) => {
    const cell = cellOf(event);
    if (!cell || cell === stroke?.last) return;
    stroke.last = cell;
    stroke.painted = paint(cell, event) || stroke.painted;
  };
  grid.addEventListener("pointerdown", (event) => {
    if (event.button || !cellOf(event)) return;
    stroke = { last: null, id: event.pointerId };
    grid.setPointerCapture(event.pointerId);
    touch(event);
  });
  grid.addEventListener("pointermove", (event) => {
    if (stroke?.id === event.pointerId) for (const one of event.getCoalescedEvents?.() ?? [event]) touch(one);
    else if (cellOf(event)) hover(cellOf(event));
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    grid.addEventListener(name, (event) => {
      if (stroke?.id !== event.pointerId) return;
      if (stroke.painted) done();
      stroke = null;
    });
  }
}
