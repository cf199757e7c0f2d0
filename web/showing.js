// What stands below the mixer: the gallery of presets, the tour, and the door to a presentation.

import { Showing } from "./showing/gallery.js";
import { mounting } from "./ui/mounting.js";

/** @typedef {import("./engine/props.js").ShowingProps} ShowingProps */

export default mounting({
  open: (place) => new Showing(place),
  take: (showing, /** @type {import("./ui/mounting.js").Given<ShowingProps>} */ { data, trigger }) => {
    showing.send = trigger;
    showing.show(data);
  },
  stop: (showing) => showing.stop(),
});
