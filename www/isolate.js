// Cross-origin isolation where the server cannot send headers (GitHub Pages, for one): a service worker adds them.
//
// A document is loaded anew at most once for that; if it did not help, it goes on without shared memory and says so. What was
// tried is noted in the document's own place in the history: frames of one deck have everything else in common.

/** Asks for isolation. True if the page is being reloaded to get it, and nothing else should start. */
export async function isolate() {
  try {
    const tried = history.state === MARK;
    if (self.crossOriginIsolated) {
      if (tried) {
        history.replaceState(null, ""); // a later load that goes past the service worker may try again
      }
      renew();
      return false;
    }
    if (!navigator.serviceWorker || !mayHelp()) {
      return false;
    }
    await within(4000, registered()); // one that is late is there for the next load
    if (tried) {
      return false; // it did not help
    }
    history.replaceState(MARK, "");
  } catch {
    return false; // no service worker here, or not in time: go on without
  }
  location.reload();
  return true;
}

const MARK = "lanes-isolation";
const WORKER = new URL("isolation-worker.js", import.meta.url).href;

/** In a frame only Chromium can be isolated from within (it alone has Document-Isolation-Policy). */
function mayHelp() {
  return self.top === self || "userAgentData" in navigator;
}

/** Comes back once our service worker has what is loaded next. (`serviceWorker.ready` may be about another one, which the site
 * has for more than this folder.) */
async function registered() {
  const registration = await navigator.serviceWorker.register(WORKER);
  const coming = registration.installing ?? registration.waiting;
  if (!registration.active && coming) {
    await new Promise((there) => coming.addEventListener("statechange", () => registration.active && there()));
  }
}

/** An older service worker may isolate what is not Lanes'. Browsers look for a newer one now and then; this is now. */
async function renew() {
  try {
    if (navigator.serviceWorker?.controller?.scriptURL === WORKER) {
      await (await navigator.serviceWorker.getRegistration())?.update();
    }
  } catch {
    // the host is not there at the moment: next time
  }
}

function within(milliseconds, promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), milliseconds));
  return Promise.race([promise, late]);
}
