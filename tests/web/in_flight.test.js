// What a page says to the server, and what it does not: nothing once Back has left it.

import assert from "node:assert/strict";
import { test } from "node:test";

const location = { pathname: "/map" };
Object.assign(globalThis, { location, addEventListener() {}, removeEventListener() {} });
const { ends, listens, tell } = await import("../../web/ui/in_flight.js");

test("a page that Back has left says nothing more, which would lead back to it", () => {
  const told = [];
  const [map, generate] = [{}, {}];
  listens(map);
  tell(map, () => told.push("selected"));
  location.pathname = "/generate"; // Back; the map is taken away once the server has answered
  listens(map); // an answer that was under way
  tell(map, () => told.push("cleared"));
  ends(map);
  listens(generate);
  tell(generate, () => told.push("variety"));
  listens(map); // the same element serves the page that came
  tell(map, () => told.push("theta"));
  assert.deepEqual(told, ["selected", "variety", "theta"]);
  ends(generate);
  ends(map);
});
