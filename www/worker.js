// Starts a run worker or a process. The first message says which, and brings the compiled module; the instance gets a
// memory of its own. Letters that arrive meanwhile wait. What is imported is the page's own text (files.js).

import "./trust.js"; // the policy, before any worker is started
import init, { serve_as } from "./lanes.js";

self.onmessage = async ({ data: [role, module] }) => {
  const early = [];
  self.onmessage = (event) => early.push(event);
  try {
    await init({ module_or_path: module });
    serve_as(role); // sets self.onmessage
  } catch (error) {
    // an exception here would only be an unhandled rejection; from a timer it is an error event at the owner
    setTimeout(() => {
      throw error;
    });
    return;
  }
  early.forEach((event) => self.onmessage(event));
};

// A trap in an asynchronous part would stay in this worker as an unhandled rejection; the owner has to hear of it.
self.onunhandledrejection = ({ reason }) => {
  setTimeout(() => {
    throw reason;
  });
};
