// What the visitor sees when the page's own code stops at an error: a panic, a trap. Nothing of the WebAssembly side can be
// relied on then, so this is JavaScript. The panel itself, in the page's language, is part of the page (src/broken.rs).

let message = "";

// called by the panic's hook, just before the trap; what broke first may have left behind what breaks next
globalThis.lanesBroke = (panic) => {
  message = message ? `${message}\n${panic}` : panic;
  show(message);
};

for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, (event) => {
    const error = event.error ?? event.reason;
    // a trap without a panic (a stack that overflowed, say), or what the browser threw through the page's own code
    const ours = error instanceof WebAssembly.RuntimeError || /wasm/.test(error?.stack);
    if (ours && !message) {
      message = `${error.message}\n${error.stack ?? ""}`;
      show(message);
    }
  });
}

function show(details) {
  dispatchEvent(new Event("lanes:broke")); // whoever waits for this page need not wait any longer
  const panel = document.getElementById("broken");
  if (!panel) {
    return; // it happened before there was a page, and before anybody could ask for a run: start.js says so
  }
  const says = (part) => panel.querySelector(part).textContent;
  const sentence = `${says("#broken-sentence")} ${says("summary")}: ${details.split("\n", 1)[0]}.`;
  const { dataset } = document.documentElement;
  for (const id of JSON.parse(dataset.asked ?? "[]")) {
    parent.postMessage({ type: "lanes:error", id, lab: null, message: sentence }, "*");
  }
  dataset.asked = "[]"; // what still runs says nothing more of these
  document.getElementById("broken-details").textContent = `Lanes\n${navigator.userAgent}\n${location.href}\n${details}`;
  document.getElementById("broken-reload").onclick = () => location.reload();
  document.getElementById("broken-copy").onclick = copy;
  document.querySelectorAll("main, .lab").forEach((part) => (part.inert = true));
  panel.hidden = false;
  document.getElementById("broken-reload").focus();
}

async function copy({ currentTarget: button }) {
  const details = document.getElementById("broken-details");
  try {
    await navigator.clipboard.writeText(details.textContent);
    button.textContent = button.dataset.copied;
  } catch {
    // not allowed here: they are selected, to be copied by hand
    details.parentElement.open = true;
    getSelection().selectAllChildren(details);
  }
}
