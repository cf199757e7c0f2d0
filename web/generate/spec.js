// The page's data as pages/parts/generateview.py sends it, made ready for use.

/** The data with whole URLs in the place of the server's relative ones. */
export function specOf(data) {
  const whole = (part) => ({ ...part, folder: new URL(`../../${part.folder}`, import.meta.url).href });
  return { ...data, dataset: whole(data.dataset), model: whole(data.model), others: data.others.map(whole) };
}
