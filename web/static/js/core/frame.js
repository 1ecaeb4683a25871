// The frame of the page: the list of conversations beside the chat or in a drawer, the skip link, the foot of a print.

import { formatDate } from "./i18n.js";

const { body } = document;
const byId = (id) => document.getElementById(id);

/** Make the frame's buttons work. */
export function initFrame() {
  byId("skip").addEventListener("click", skipToContent);
  byId("rail-button").addEventListener("click", toggleRail);
  byId("rail").addEventListener("click", (event) => { if (event.target.closest("a")) closeDrawer(); });
  addEventListener("beforeprint", signPrint);
}

/** Close the drawer, as when the reader has gone elsewhere. */
export function closeDrawer() {
  body.classList.remove("drawer");
}

// The list is beside the chat where there is room, else above it.
function toggleRail() {
  const isWide = matchMedia("(min-width: 72rem)").matches;
  const isOn = body.classList.toggle(isWide ? "railless" : "drawer");
  byId("rail-button").setAttribute("aria-expanded", String(isWide ? !isOn : isOn));
}

// The address after "#" is the route, so the skip link moves the focus itself.
function skipToContent(event) {
  event.preventDefault();
  byId("views").focus();
}

// A print tells when and from where it is.
function signPrint() {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  byId("printed").textContent = `依据 Yiju · ${formatDate(today)} · ${location.href}`;
}
