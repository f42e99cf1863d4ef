// Starts the page: asks for isolation where the server did not give it, then loads the WebAssembly module.
// What cannot work here ends in a sentence, never in a blank page.

/** Says why the page does not start, where it would have been. */
const say = (sentence) => {
  const place = document.getElementById("starting-text") ?? document.body.appendChild(document.createElement("p"));
  place.textContent = sentence;
};

// (module (func (result v128) i32.const 0 i8x16.splat)): valid only where 128-bit SIMD is.
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];

/** What this browser or this place lacks, as a sentence, or nothing. */
function lacking() {
  if (location.protocol === "file:") {
    return "Lanes was opened as a file. It needs a web server, on your own computer as well.";
  }
  if (self.origin === "null") {
    return "Lanes is in a frame whose sandbox lacks allow-same-origin, and there it may start no workers.";
  }
  if (typeof WebAssembly !== "object") {
    return "Lanes needs WebAssembly, and this browser has none or has it switched off.";
  }
  if (!CSS.supports("color", "light-dark(#000, #fff)")) {
    return "Lanes needs a browser of 2024 or newer: Chrome 123, Firefox 120, Safari 17.5.";
  }
  if (!WebAssembly.validate(new Uint8Array(SIMD))) {
    return "Lanes needs WebAssembly with SIMD: Chrome 91, Firefox 114, Safari 16.4, or newer.";
  }
  try {
    new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  } catch {
    return "Lanes needs WebAssembly with threads, and this browser has none or has them switched off.";
  }
}

// Everything is beside this script, wherever the page that loads it may be.
document.documentElement.dataset.root = new URL(".", import.meta.url).href;

// the theme that the address wants, before anything is drawn
const theme = new URLSearchParams(location.search).get("theme");
if (theme === "light" || theme === "dark") {
  document.documentElement.dataset.theme = theme;
}

const missing = lacking();
if (missing) {
  say(missing);
} else {
  try {
    const parts = ["./trust.js", "./isolate.js", "./files.js", "./early.js", "./broken.js"].map((part) => import(part));
    const [{ untrusted }, { isolate }, { file }, { module }] = await Promise.all(parts);
    const refused = untrusted();
    if (refused) {
      say(refused);
    } else if (await isolate()) {
      // it is loaded again
    } else if (!self.crossOriginIsolated && !Atomics.waitAsync) {
      say("Lanes needs a newer browser where its page is not isolated: Firefox 145, for one.");
    } else {
      const lanes = await import(await file("script", "./lanes.js"));
      await lanes.default({ module_or_path: await module });
    }
  } catch (error) {
    const directive = await globalThis.lanesForbidden?.(); // where early.js could be had
    say(
      directive
        ? `Lanes could not start: the host's Content-Security-Policy forbids what it needs (${directive}).`
        : `Lanes could not start: ${String(error.message ?? error).replace(/\.$/, "")}. Reload the page to try again.`,
    );
    throw error;
  }
}
