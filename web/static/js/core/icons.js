// Line icons of 20 × 20, drawn in the colour of the text around them.

const PATHS = {
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  plus: "M10 4v12M4 10h12",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12ZM13.5 13.5 17 17",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  close: "m5 5 10 10M15 5 5 15",
  copy: "M7 7V4.5A1.5 1.5 0 0 1 8.5 3h7A1.5 1.5 0 0 1 17 4.5v7a1.5 1.5 0 0 1-1.5 1.5H13M4.5 7h7A1.5 1.5 0 0 1 13 8.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 15.5v-7A1.5 1.5 0 0 1 4.5 7Z",
  ask: "M4 4.5h12a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H9.5L6 16v-3H4a1 1 0 0 1-1-1V5.5a1 1 0 0 1 1-1Z",
  markdown: "M3.5 14V6l3 4 3-4v8M14.5 6v8M12 11.5l2.5 2.5 2.5-2.5",
  back: "M11 4.5 5.5 10l5.5 5.5M5.5 10H16",
  external: "M8 5H4.5v10.5H15V12M11 4h5v5M16 4l-7 7",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1",
  again: "M16 10a6 6 0 1 1-1.8-4.3M16 3v3.5h-3.5",
  edit: "M4 16l.7-3.3L13 4.4a1.5 1.5 0 0 1 2.1 0l.5.5a1.5 1.5 0 0 1 0 2.1L7.3 15.3Z",
  up: "M5 12l5-5 5 5",
  down: "M5 8l5 5 5-5",
  send: "M10 16.5V4.5M4.8 9.7 10 4.5l5.2 5.2",
  helpful: "M6.5 9 9.3 3.2a1.7 1.7 0 0 1 2.2 2L11 8h4.3a1.5 1.5 0 0 1 1.5 1.8l-1 5a1.5 1.5 0 0 1-1.5 1.2H6.5M6.5 9v7M6.5 9H4a1 1 0 0 0-1 1v5a1 1 0 0 0 1 1h2.5",
  unhelpful: "M13.5 11l-2.8 5.8a1.7 1.7 0 0 1-2.2-2L9 12H4.7a1.5 1.5 0 0 1-1.5-1.8l1-5A1.5 1.5 0 0 1 5.7 4h7.8M13.5 11V4M13.5 11H16a1 1 0 0 0 1-1V5a1 1 0 0 0-1-1h-2.5",
  settings: "M3.5 6h6M13 6h3.5M3.5 14H7M10.5 14h6M11.25 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8.75 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  upload: "M10 13V4M6 7.5 10 3.5l4 4M3.5 13v2A1.5 1.5 0 0 0 5 16.5h10a1.5 1.5 0 0 0 1.5-1.5v-2",
  download: "M10 4v9M6 9.5l4 4 4-4M4 16.5h12",
  trash: "M4 6h12M8 6V4.5A1 1 0 0 1 9 3.5h2a1 1 0 0 1 1 1V6M5.5 6l.6 9.1a1.5 1.5 0 0 0 1.5 1.4h4.8a1.5 1.5 0 0 0 1.5-1.4L14.5 6",
  filter: "M3.5 5h13M6 10h8M8.5 15h3",
};

const SVG = "http://www.w3.org/2000/svg";

/** Draw the icon of that name. It says nothing to a screen reader: label what holds it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
