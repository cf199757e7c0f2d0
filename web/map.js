// The Map page's live part.

import { Explorer } from "./map/explorer.js";
import { expose } from "./ui/for_tests.js";
import { same } from "./ui/history.js";
import { mounting } from "./ui/mounting.js";

export default mounting({
  page: "map",
  known: (data, said) => ({ map: data.view, group: said.group }), // a group is made or dropped in the next run
  open: (place) => {
    const explorer = new Explorer(place);
    expose("map", explorer, false);
    return explorer;
  },
  take: (explorer, { data, left, send, trigger }) => {
    const setState = (name, { nonce, ...view }) => send(name, { ...view, nonce }, view);
    const ask = (name, value) => trigger(name, value, name === "group" ? value : undefined);
    explorer.update({ ...data, view: left.map ?? data.view }, { setState, trigger: ask });
    if (left.map && !same(left.map, data.view)) explorer.settling.now();
    if (left.group) ask("group", left.group);
  },
  stop: (explorer) => explorer.stop(),
});
