// The Quiz page's live part; answers stay in this tab.

import { QuizPage } from "./quiz/page.js";
import { mounting } from "./ui/mounting.js";

/** @typedef {import("./engine/props.js").QuizProps} QuizProps */

export default mounting({
  open: (place) => new QuizPage(place),
  take: (page, /** @type {import("./ui/mounting.js").Given<QuizProps>} */ { data, send }) => {
    page.send = (shown) => send("shown", shown);
    page.take(data);
  },
  stop: (page) => page.stop(),
});
