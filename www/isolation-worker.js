// The service worker that isolates the page (see isolate.js): adds the headers that the host does not send.
//
// It touches Lanes' own documents and files only, whatever else lies in its folder or below: another page may show pictures
// and frames of others that would not load if it were isolated.
//
// It keeps no state, so a restart loses nothing; and it asks the host whether what is kept is still current, so that
// files of two versions never meet, but where the page says itself what is to be asked of the cache. A classic script,
// because modules came to service workers late.

// Both are filled in when the page is built (crates/book): the headers from Trunk.toml, the addresses as seen from here.
const HEADERS = {};
const ADDRESSES = [];

const OWN = new Set(ADDRESSES.map((address) => new URL(address, self.location.href).href));

/** Whether it is ours, whatever is asked of it after a question mark. */
function isOwn(url) {
  const { origin, pathname } = new URL(url);
  return OWN.has(origin + pathname);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (isOwn(event.request.url) && event.request.method === "GET") {
    event.respondWith(withHeaders(event.request));
  }
});

async function withHeaders(request) {
  // not for the page itself, which WebKit would then ask for twice
  const usual = request.mode !== "navigate" && request.cache === "default";
  const response = await fetch(request, usual ? { cache: "no-cache" } : {});
  if (response.status === 0 || response.redirected) {
    return response;
  }
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) {
    headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
