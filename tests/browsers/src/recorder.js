// The tests' ears and mouth in a page: the first script of every document that the test server sends. It hears what
// Lanes says (in this window, or in the frame named "lanes"), says what tests want said, and notes every uncaught error.

(() => {
  const frame = () => document.querySelector("iframe[name=lanes]");
  const lanes = () => frame()?.contentWindow ?? window;
  const FROM_LANES = ["lanes:ready", "lanes:progress", "lanes:result", "lanes:decision", "lanes:error"];

  const messages = [];
  const errors = [];
  const longFrames = [];
  const progress = [];
  let ready = null;
  addEventListener("message", (event) => {
    if (event.data?.type === "lanes:progress") {
      if (event.data.done === 0) {
        progress.length = 0; // of this run only
      }
      progress.push(performance.now());
    }
  });
  const waiting = [];

  const complain = (text) => {
    errors.push(String(text));
    if (window.parent !== window) {
      window.parent.postMessage({ type: "recorder:error", text: String(text) }, "*");
    }
  };
  // WebKit's word for sizes that changed while sizes were told: by the standard they are told in the next frame, and nothing
  // is wrong. A page that changes fast, as a story of a hundred addresses makes it, meets it now and then.
  const LATER = "ResizeObserver loop completed with undelivered notifications.";
  addEventListener("error", (event) => event.message === LATER || complain(event.message ?? event));
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
    if (data.type === "lanes:ready") {
      ready ??= performance.now();
    }
    messages.push(data);
    for (const one of waiting.splice(0)) {
      recorder.until(...one);
    }
  });

  if (PerformanceObserver.supportedEntryTypes.includes("long-animation-frame")) {
    const observer = new PerformanceObserver((list) => longFrames.push(...list.getEntries()));
    observer.observe({ type: "long-animation-frame", buffered: true });
  }

  let refused = 0;
  const throws = (why) =>
    // no arrow: some of it is called with new
    function () {
      refused += 1;
      throw new Error(why);
    };

  const recorder = {
    messages,
    errors,

    /** When the page was ready for the first time, in milliseconds since the navigation began, or null. */
    get ready() {
      return ready;
    },

    /** The last message of this type, as text, or null. */
    last: (type) => JSON.stringify(messages.findLast((message) => message.type === type) ?? null),

    /** Says something to Lanes; from this window, so that Lanes listens. */
    say: (message) => lanes().postMessage(message, "*"),

    /** The same, given as JSON. */
    post: (text) => recorder.say(JSON.parse(text)),

    /** Forgets all that was heard, so that what is held is Lanes' alone. */
    forget() {
      for (const list of [messages, errors, longFrames, progress]) {
        list.length = 0;
      }
    },

    /** Calls `done` with the first message of one of these types about the run, as text, as soon as there is one. */
    until(id, types, done) {
      const wanted = messages.find((message) => message.id === id && types.includes(message.type));
      if (wanted) {
        done(JSON.stringify(wanted));
      } else {
        waiting.push([id, types, done]);
      }
    },

    /** How often something threw because of what follows. */
    get refused() {
      return refused;
    },

    /** What throws when it is called from then on. Not the driver's own scripts: of their errors a page is told nothing. */
    refuse: {
      frames: () => (window.requestAnimationFrame = throws("no frames")),
      canvas: () => (CanvasRenderingContext2D.prototype.fillRect = throws("no canvas")),
      channels: () => (window.MessageChannel = throws("no channels")),
    },

    /** For the pixels of so many tiles of pictures there is no room. */
    scarce(left) {
      const scarce = (Usual) =>
        new Proxy(Usual, {
          construct(...what) {
            if (left-- > 0) {
              refused += 1;
              throw new RangeError("Out of memory");
            }
            return Reflect.construct(...what);
          },
        });
      window.ImageData = scarce(ImageData);
      window.Uint8ClampedArray = scarce(Uint8ClampedArray);
    },

    /** From now on, the message after so many that the page sends to itself is lost, and after that all that go through the same
     * channel: so it is in Firefox when a page that runs is left and comes back. */
    lose(left) {
      const { postMessage } = MessagePort.prototype;
      let lost = null;
      MessagePort.prototype.postMessage = function (...message) {
        if (message[0] === null && left-- === 0) {
          lost = this;
        }
        if (this !== lost) {
          postMessage.apply(this, message);
        }
      };
    },

    /** Duration and blocking part of every long animation frame that began while samples were taken: between the
     * first and the last word of progress, in milliseconds. */
    longFramesWhileRunning: () =>
      longFrames
        .filter((frame) => frame.startTime >= progress[0] && frame.startTime <= progress.at(-1))
        .map((frame) => [frame.duration, frame.blockingDuration]),
  };
  window.recorder = recorder;
})();
