// Cross-origin isolation where the server cannot send headers (GitHub Pages, for one): a service worker adds them.
//
// The page reloads at most once; if that did not help, it goes on without shared memory and says so.

/** Asks for isolation. True if the page is being reloaded to get it, and nothing else should start. */
export async function isolate() {
  try {
    if (self.crossOriginIsolated) {
      sessionStorage.removeItem(MARK); // a later load that goes past the service worker may try again
      return false;
    }
    if (!navigator.serviceWorker || !mayHelp()) {
      return false;
    }
    await navigator.serviceWorker.register(new URL("isolation-worker.js", import.meta.url));
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
