// The frame of the page: the list of conversations beside the chat or in a drawer, the skip link.

const { body } = document;
const byId = (id) => document.getElementById(id);

/** Make the frame's buttons work. */
export function initFrame() {
  byId("skip").addEventListener("click", skipToContent);
  byId("rail-button").addEventListener("click", toggleRail);
  byId("rail").addEventListener("click", (event) => { if (event.target.closest("a")) closeDrawer(); });
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
