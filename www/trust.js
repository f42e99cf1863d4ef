// The one Trusted Types policy. A host may demand (`Content-Security-Policy: require-trusted-types-for 'script'`) that texts
// become HTML, and addresses scripts, by a policy only. Who uses neither by hand has to have one named `default`, which the
// browser asks by itself: Leptos makes templates of HTML that the build made, workers are started by address. Nothing here
// makes code of a text, so the policy does not either.
//
// Whoever starts workers loads this first, the page and its workers alike.

let refusal;

try {
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (html) => html,
    createScriptURL: (address) => (isOwn(address) ? address : null),
  });
} catch (error) {
  refusal = error; // by the host's `trusted-types`, which matters only where it demands them
}

/** The origin of a blob: address is its maker's. */
function isOwn(address) {
  return new URL(address, self.origin).origin === self.origin;
}

/** Why a page cannot go on here, as a sentence, or nothing. */
export function untrusted() {
  try {
    if (refusal) {
      document.createElement("template").innerHTML = "<!---->";
    }
  } catch {
    return (
      "This page's host demands Trusted Types and forbids the policy that Lanes needs. " +
      "Its Content-Security-Policy should say trusted-types default, or leave trusted-types out."
    );
  }
}
