// Where files are had from: each is fetched once and kept, so that a run needs the host no more, and all that runs is of one
// version. Scripts are kept as blobs whose imports are blobs as well: the page and its workers start from the same text.

const kept = new Map();

/** No file is so large that a network which is any use takes longer, in milliseconds. */
const LIMIT = 30000;

/** A relative path that a script imports, as wasm-bindgen and esbuild write it. */
const IMPORT = /(\b(?:from|import)\s*)(["'])(\.[^"']*)\2/g;

const kinds = {
  /** The address of a script, which can be imported or started as a worker. */
  async script({ type, bytes }, address) {
    // as a browser would see to it: a network that wants its visitors to log in answers everything with a page
    if (!/javascript/.test(type)) {
      throw new Error(`${address} is no script.`);
    }
    const text = new TextDecoder().decode(bytes);
    const imports = new Map();
    for (const [, , , path] of text.matchAll(IMPORT)) {
      imports.set(path, await file("script", new URL(path, address).href));
    }
    const linked = text.replace(IMPORT, (_, keyword, quote, path) => `${keyword}${quote}${imports.get(path)}${quote}`);
    return URL.createObjectURL(new Blob([linked], { type: "text/javascript" }));
  },

  /** A compiled module. Not while it streams in: that wants a type which some hosts do not send. */
  module: ({ bytes }) => WebAssembly.compile(bytes),

  /** What is in it. */
  bytes: ({ bytes }) => new Uint8Array(bytes),
};

/** A file, by its address or its place beside this script. One that could not be had is asked for again by the next. */
export function file(kind, name) {
  const address = new URL(name, import.meta.url).href;
  if (!kept.has(address)) {
    const coming = fetched(address).then((fetched) => kinds[kind](fetched, address));
    kept.set(address, coming);
    coming.catch(() => kept.delete(address));
  }
  return kept.get(address);
}

/** What came of asking for it. An error's cause is the host's status, or 0 where nobody was reached. */
async function fetched(address) {
  const response = await reached(address, () => fetch(address, { signal: AbortSignal.timeout(LIMIT) }));
  if (!response.ok) {
    throw new Error(`${address} could not be fetched: the server answered ${response.status}.`, { cause: response.status });
  }
  return { type: response.headers.get("Content-Type"), bytes: await reached(address, () => response.arrayBuffer()) };
}

/** Each browser says in its own words that its network failed. */
async function reached(address, ask) {
  try {
    return await ask();
  } catch (error) {
    if (error.name === "TimeoutError") {
      throw error;
    }
    throw new Error(`${address} could not be fetched: the host could not be reached over the network.`, { cause: 0 });
  }
}

// how the page itself has its files
globalThis.lanesFile = file;
