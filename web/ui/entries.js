// A page switch is one entry of the browser's history, so that one Back undoes it. Streamlit may make two, as its messages
// happen to arrive: it pushes the bare path, and once more when the page that came writes its link.

/**
 * Makes the link that a page writes in its first run a part of the entry with which the page was entered.
 * @param {Pick<Window, "history"|"location"|"addEventListener">} window
 * @param {(then: () => void) => void} afterRun calls back once no run of the script goes on
 */
export function joinEntries({ history, location, addEventListener }, afterRun) {
  const push = history.pushState.bind(history);
  /** @type {object|undefined} an entry whose page still runs for the first time */
  let entering;
  history.pushState = (state, unused, url) => {
    const moves = new URL(url ?? "", location.href).pathname !== location.pathname;
    if (entering && !moves) return history.replaceState(state, unused, url);
    push(state, unused, url);
    if (!moves) return;
    const entry = (entering = {});
    afterRun(() => entry === entering && (entering = undefined));
  };
  addEventListener("popstate", () => (entering = undefined));
}

/** Calls back once no run of Streamlit's script goes on. @param {() => void} then */
export function afterRun(then) {
  const app = document.querySelector("[data-testid=stApp]");
  const rests = () => app?.getAttribute("data-test-script-state") === "notRunning";
  if (!app || rests()) return then();
  const observer = new MutationObserver(() => {
    if (!rests()) return;
    observer.disconnect();
    then();
  });
  observer.observe(app, { attributeFilter: ["data-test-script-state"] });
}
