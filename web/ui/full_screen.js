// The whole screen, where browser and surrounding page allow it.

/** Whether it may be asked for. */
export const fillable = () => Boolean(document.fullscreenEnabled && document.documentElement.requestFullscreen);

/** Whether the page fills it. */
export const filled = () => Boolean(document.fullscreenElement);

/** Fills the screen with the page. @returns {Promise<boolean>} whether that was allowed */
export async function fill() {
  try {
    await document.documentElement.requestFullscreen();
    return true;
  } catch {
    return false;
  }
}

/** Back to the window. */
export function unfill() {
  if (filled()) document.exitFullscreen().catch(() => {}); // it may have ended meanwhile
}
