// The page's WebAssembly module. It is most of what is loaded, so documents name this script on its own, to be run at once:
// the module is on its way before start.js, which waits for the document, asks for it here.

/** The module, once it is compiled. What is wrong with it is told to who waits for it. */
export const module = compiled(new URL("lanes_bg.wasm", import.meta.url));
module.catch(() => {});

/** Compiled while it comes in, if the host says what it is; some hosts do not. */
async function compiled(address) {
  const response = await fetch(address);
  const unsaid = response.ok && response.headers.get("Content-Type") !== "application/wasm";
  return unsaid ? WebAssembly.compile(await response.arrayBuffer()) : WebAssembly.compileStreaming(response);
}
