// The colour scheme: the system's, light or dark; and whether the page is in a frame of another site.
// A classic script in the head, so that both are set before anything is drawn.

"use strict";

(() => {
  if (self !== top) document.documentElement.classList.add("embedded");
  const themes = ["light", "dark"];
  try {
    const theme = localStorage.getItem("yiju.theme");
    if (themes.includes(theme)) document.documentElement.dataset.theme = theme;
  } catch {
    // With storage switched off the system's scheme is used.
  }
})();
