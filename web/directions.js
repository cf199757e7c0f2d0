// The Directions page's live part.

import { DirectionsPage, sent as asSent } from "./directions/page.js";
import { same } from "./ui/history.js";
import { mounting } from "./ui/mounting.js";

/** @typedef {import("./engine/props.js").DirectionsProps} DirectionsProps */

export default mounting({
  page: "directions",
  known: (/** @type {DirectionsProps} */ data) => ({ place: data.view }),
  open: (place) => new DirectionsPage(place),
  take: (page, { data, left, send }) => {
    page.send = (view, nonce) => send("place", { ...asSent(view), nonce }, view);
    page.take(left.place ? { ...data, view: left.place } : data);
    if (left.place && !same(left.place, data.view)) page.sending.now();
  },
  stop: (page) => page.stop(),
});
