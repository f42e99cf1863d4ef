// The tests' ears and mouth in a page: the first script of every document that the test server sends. It hears what
// Lanes says (in this window, or in the frame named "lanes"), says what tests want said, and notes every uncaught error.

(() => {
  const frame = () => document.querySelector("iframe[name=lanes]");
  const lanes = () => frame()?.contentWindow ?? window;
  const FROM_LANES = ["lanes:ready", "lanes:progress", "lanes:result", "lanes:error"];
  const LAST = ["lanes:result", "lanes:error"];

  const messages = [];
  const errors = [];
  const longFrames = [];
  const waiting = [];

  const complain = (text) => {
    errors.push(String(text));
    if (window.parent !== window) {
      window.parent.postMessage({ type: "recorder:error", text: String(text) }, "*");
    }
  };
  addEventListener("error", (event) => complain(event.message ?? event));
  addEventListener("unhandledrejection", (event) => complain(`rejected: ${event.reason?.stack ?? event.reason}`));
  addEventListener("securitypolicyviolation", (event) =>
    complain(`the policy ${event.violatedDirective} forbids ${event.blockedURI || "inline code"}`),
  );

  addEventListener("message", ({ source, data }) => {
    if (frame() && data?.type === "recorder:error") {
      errors.push(data.text);
    }
    if (source !== lanes() || !FROM_LANES.includes(data?.type)) {
      return;
    }
    messages.push(data);
    for (const one of waiting.splice(0)) {
      recorder.outcome(...one);
    }
  });

  if (PerformanceObserver.supportedEntryTypes.includes("long-animation-frame")) {
    const observer = new PerformanceObserver((list) => longFrames.push(...list.getEntries()));
    observer.observe({ type: "long-animation-frame", buffered: true });
  }

  const recorder = {
    messages,
    errors,

    /** The last message of this type, as text, or null. */
    last: (type) => JSON.stringify(messages.findLast((message) => message.type === type) ?? null),

    /** Says something to Lanes, given as JSON; from this window, so that Lanes listens. */
    post: (text) => lanes().postMessage(JSON.parse(text), "*"),

    /** Calls `done` with the message that ends the run, as text. */
    outcome(id, done) {
      const ending = messages.find((message) => message.id === id && LAST.includes(message.type));
      if (ending) {
        done(JSON.stringify(ending));
      } else {
        waiting.push([id, done]);
      }
    },

    /** Duration and blocking part of every long animation frame that began since then, in milliseconds. */
    longFramesSince: (start) =>
      longFrames.filter((frame) => frame.startTime >= start).map((frame) => [frame.duration, frame.blockingDuration]),
  };
  window.recorder = recorder;
})();
