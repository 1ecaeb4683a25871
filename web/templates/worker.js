// Keeps the page's own files, so that it opens without a network and says what is missing.
//
// Answers and articles are never kept: they come from the server alone.

"use strict";

// The page may lie below a path of its host; another Yiju beside it has caches of its own.
const PAGE = new URL("./", location).pathname;
const ROOT = PAGE + {{ root | tojson }};
const FILES = [PAGE, ...{{ names | tojson }}.map((name) => `${ROOT}/${name}`)];
const CACHE = `yiju${ROOT}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(deleteFormer().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  else if (pathname.startsWith(`${ROOT}/`)) event.respondWith(kept(request));
});

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function deleteFormer() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`yiju${PAGE}static/`) && name !== CACHE).map((name) => caches.delete(name)));
}
