// Whether the server can be reached, said in our own words: the picture is made here and goes on without it.

import { t } from "../engine/language.js";
import { followPage } from "./document.js";

const AWAY = t("The server cannot be reached. The picture goes on, and what you change is kept and handed over as soon as the server is back.");
const FIRST = t("Medley's server does not answer yet. This page tries again by itself.");
const PATIENCE = 1500; // ms without a server that nobody needs to hear of
const HEALTH = new URL("../../_stcore/health", import.meta.url).href;

/** @type {Map<object, () => void>} what each owner does when the server is back */
const waiting = new Map();
let met = false; // there was a server once
let away = false;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let patience;
/** @type {HTMLElement|undefined} */
let banner;

/**
 * Calls back each time that the server is reached again after it was away: it may know nothing of what was done meanwhile.
 * @param {object} owner has one callback, the latest
 * @param {() => void} callback
 * @returns {() => void} ends this
 */
export function onReturn(owner, callback) {
  waiting.set(owner, callback);
  return () => waiting.delete(owner);
}

/** Looks after the connection from now on; once a page. */
export function watchConnection() {
  const look = () => {
    const state = document.querySelector("[data-testid=stApp]")?.getAttribute("data-test-connection-state");
    // A line that is cut leaves Streamlit's socket open for minutes: the browser knows sooner.
    if (state === "CONNECTED" && navigator.onLine) reached();
    else if (state && !away) lost();
  };
  for (const change of ["offline", "online"]) addEventListener(change, look);
  followPage(look);
  look();
}

function reached() {
  clearTimeout(patience);
  patience = undefined;
  const returned = away && met;
  [met, away] = [true, false];
  document.documentElement.classList.remove("medley-away");
  banner?.remove();
  if (returned) for (const callback of waiting.values()) callback();
}

function lost() {
  away = true;
  patience = setTimeout(tell, met ? PATIENCE : 4 * PATIENCE);
}

/** Says so, and closes what Streamlit says about it; a full house has a sentence of its own, which the server knows. */
async function tell() {
  if (!away) return;
  document.documentElement.classList.add("medley-away");
  for (const close of document.querySelectorAll('[role="dialog"] button[aria-label="Close"]')) /** @type {HTMLElement} */ (close).click();
  const said = (await fullHouse()) || (met ? AWAY : FIRST);
  if (!away) return;
  if (!banner) {
    banner = document.createElement("p");
    banner.className = "medley-connection";
    banner.setAttribute("role", "status");
  }
  if (banner.textContent !== said) banner.textContent = said;
  if (!banner.isConnected) document.body.append(banner);
  patience = setTimeout(tell, PATIENCE);
}

async function fullHouse() {
  try {
    const answer = await fetch(HEALTH, { cache: "no-store" });
    return answer.status === 503 ? (await answer.text()).trim() : "";
  } catch {
    return "";
  }
}
