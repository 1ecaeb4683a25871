// Files dropped anywhere on the window, those in dropped folders included. Without this the browser
// would open the file, and the page would be gone.

import { message } from "../core/i18n.js";

/** Call `dropped(files)` when files are dropped on the document; until then the page says so. */
export function watchDrops({ body, documentElement: root }, dropped) {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  const end = () => body.classList.remove("dropping");
  root.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    body.dataset.drop = message("dropNow");
    body.classList.add("dropping");
  });
  root.addEventListener("dragleave", (event) => { if (!event.relatedTarget) end(); });
  root.addEventListener("drop", async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    end();
    dropped(await droppedFiles(event.dataTransfer));
  });
}

// The entries must be asked for at once: the browser empties the event later.
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry) {
  if (entry.name.startsWith(".") || entry.name.startsWith("~$")) return [];
  if (entry.isFile) return [await new Promise((resolve, reject) => { entry.file(resolve, reject); })];
  const inside = await allEntries(entry.createReader());
  return (await Promise.all(inside.map(filesOf))).flat();
}

// A reader gives a hundred entries at a time, and none when it is through.
async function allEntries(reader) {
  const entries = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (!some.length) return entries;
    entries.push(...some);
  }
}
