// Cross-origin isolation where the server cannot send headers (GitHub Pages, for one): a service worker adds them.
//
// This one file is both sides: imported by the page it registers itself, started as a service worker it serves. As a
// service worker it keeps no state, so a restart loses nothing. The page reloads at most once; if that did not help,
// it goes on without shared memory and says so.

const inServiceWorker = typeof ServiceWorkerGlobalScope !== "undefined" && self instanceof ServiceWorkerGlobalScope;

const HEADERS = {
  "Document-Isolation-Policy": "isolate-and-require-corp",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

if (inServiceWorker) {
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (event) => {
    const own = new URL(event.request.url).origin === self.location.origin;
    if (own && event.request.method === "GET") {
      event.respondWith(withHeaders(event.request));
    }
  });
}

async function withHeaders(request) {
  const response = await fetch(request);
  if (response.status === 0 || response.redirected) {
    return response;
  }
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) {
    headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** Asks for isolation. True if the page is being reloaded to get it, and nothing else should start. */
export async function isolate() {
  if (self.crossOriginIsolated || !navigator.serviceWorker || !mayHelp()) {
    return false;
  }
  try {
    await navigator.serviceWorker.register(import.meta.url, { type: "module" });
    await within(4000, navigator.serviceWorker.ready);
    if (sessionStorage.getItem(MARK)) {
      return false; // it was tried, and did not help
    }
    sessionStorage.setItem(MARK, "tried");
  } catch {
    return false; // no service worker, or no storage to remember the reload by: go on without
  }
  location.reload();
  return true;
}

const MARK = "lanes-isolation";

/** In a frame only Chromium can be isolated from within (it alone has Document-Isolation-Policy). */
function mayHelp() {
  return self.top === self || "userAgentData" in navigator;
}

function within(milliseconds, promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), milliseconds));
  return Promise.race([promise, late]);
}
