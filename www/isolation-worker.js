// The service worker that isolates the page (see isolate.js): adds the headers that the host does not send.
//
// It keeps no state, so a restart loses nothing; and it asks the host whether what is kept is still current, so that
// files of two versions never meet. A classic script, because modules came to service workers late.

const HEADERS = {
  "Document-Isolation-Policy": "isolate-and-require-corp",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const own = new URL(event.request.url).origin === self.location.origin;
  if (own && event.request.method === "GET") {
    event.respondWith(withHeaders(event.request));
  }
});

async function withHeaders(request) {
  // not for the page itself, which WebKit would then ask for twice
  const response = await fetch(request, request.mode === "navigate" ? {} : { cache: "no-cache" });
  if (response.status === 0 || response.redirected) {
    return response;
  }
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) {
    headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
