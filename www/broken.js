// What the visitor sees when the page's own code stops at an error: a panic, a trap. Nothing of the WebAssembly side can be
// relied on then, so this is JavaScript. The panel itself, in the page's language, is part of the page (src/broken.rs).

let message = "";

// called by the panic's hook, just before the trap
globalThis.lanesBroke = (panic) => {
  message = panic;
  show(panic);
};

for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, (event) => {
    const error = event.error ?? event.reason;
    if (error instanceof WebAssembly.RuntimeError && !message) {
      show(`${error.message}\n${error.stack ?? ""}`); // a trap without a panic: a stack that overflowed, say
    }
  });
}

function show(details) {
  dispatchEvent(new Event("lanes:broke")); // whoever waits for this page need not wait any longer
  const panel = document.getElementById("broken");
  if (!panel) {
    return; // it happened before there was a page: start.js says so
  }
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
