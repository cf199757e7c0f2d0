// Whether the page is light or dark.

/** The page's theme, by its background. @param {Element} element @returns {"light"|"dark"} */
export function themeOf(element) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#ffffff";
  const value = parseInt(String(context.fillStyle).slice(1), 16);
  return ((value >> 16) & 255) + ((value >> 8) & 255) + (value & 255) < 384 ? "dark" : "light";
}
