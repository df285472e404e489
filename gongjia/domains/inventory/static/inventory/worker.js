// Keeps the counting page and what it is made of, so that it opens again without a network; answers come from the network first.
const KEPT = "gongjia-counting-1";

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith((async () => {
    const kept = await caches.open(KEPT);
    try {
      const answer = await fetch(event.request);
      if (answer.ok && !answer.redirected) await kept.put(event.request, answer.clone());
      return answer;
    } catch (failure) {
      const known = await kept.match(event.request);
      if (known) return known;
      throw failure;
    }
  })());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("install", () => self.skipWaiting());
