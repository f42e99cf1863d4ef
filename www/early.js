// What is begun at once. Documents name this script on its own, and it waits for nothing; start.js, which waits for the
// document, finds here what has come of it.

// The part of the host's policy that forbids what Lanes needs, if one does. No error says so, only an event of its own, at
// times after the error.
const NEEDED = /^(script|worker|child|connect)-src/;
const TOLD_WITHIN = 500; // milliseconds
const told = new Promise((tell) => {
  addEventListener("securitypolicyviolation", ({ effectiveDirective, disposition }) => {
    if (NEEDED.test(effectiveDirective) && disposition !== "report") {
      tell(effectiveDirective);
    }
  });
});
globalThis.lanesForbidden = () => Promise.race([told, new Promise((next) => setTimeout(next, TOLD_WITHIN))]);

/** The page's WebAssembly module, most of all that is loaded. What is wrong with it is told to who waits for it. */
export const module = compiled(new URL("lanes_bg.wasm", import.meta.url));
module.catch(() => {});

/** Compiled while it comes in, if the host says what it is; some hosts do not. */
async function compiled(address) {
  const response = await fetch(address);
  const unsaid = response.ok && response.headers.get("Content-Type") !== "application/wasm";
  return unsaid ? WebAssembly.compile(await response.arrayBuffer()) : WebAssembly.compileStreaming(response);
}
