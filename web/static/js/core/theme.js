// The colour scheme: the system's, light or dark. A classic script in the head, so that it is set
// before anything is drawn; the menu in `settings.js` changes it.

"use strict";

(() => {
  const themes = ["light", "dark"];
  try {
    const theme = localStorage.getItem("yiju.theme");
    if (themes.includes(theme)) document.documentElement.dataset.theme = theme;
  } catch {
    // With storage switched off the system's scheme is used.
  }
})();
