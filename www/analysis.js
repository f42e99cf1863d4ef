// The analyst's worker: turns what was measured into numbers and words, beside the page, so that the page stays alive.
// The first message brings the compiled module; a question and its answer are bytes, and what they mean is the Rust side's
// business.

import init, { answer } from "./analyst.js";

let panicked; // what the analyst said before it trapped

globalThis.analystPanicked = (message) => {
  console.error(message);
  panicked = message;
};

let ready;

self.onmessage = async ({ data }) => {
  try {
    if (data instanceof WebAssembly.Module) {
      ready = init({ module_or_path: data });
      await ready;
      return;
    }
    await ready;
    self.postMessage(answer(data));
  } catch (error) {
    // an exception here would only be an unhandled rejection; from a timer it is an error event at the page's
    setTimeout(() => {
      throw panicked ?? error;
    });
  }
};
