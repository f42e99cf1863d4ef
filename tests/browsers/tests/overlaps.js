// What lies on what: texts on texts, on controls or on canvases, as far as they are to be seen; and whether the page is wider
// than its window. A list of sentences.
const overlaps = (() => {
  const found = [];
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) found.push(`${page.scrollWidth} px of page in ${page.clientWidth} px of window`);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".unseen");
  // what is left of a box within everything that cuts off or scrolls
  const cut = (box, element) => {
    let { left, top, right, bottom } = box;
    for (let around = element; around && around !== document.body; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      if (around instanceof SVGElement || (overflowX === "visible" && overflowY === "visible")) continue;
      const edge = around.getBoundingClientRect();
      [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return { left, top, right, bottom };
  };
  const boxes = [];
  const add = (box, element, what, isText) => {
    const { left, top, right, bottom } = cut(box, element);
    if (right - left <= 1 || bottom - top <= 1) return;
    const air = isText ? (bottom - top) * 0.2 : 0; // letters are lower than their line
    boxes.push({ element, what, isText, left, right, top: top + air, bottom: bottom - air });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: element, data } = texts.currentNode;
    if (!data.trim() || !seen(element) || element.closest("select, script, style, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const box of range.getClientRects()) add(box, element, JSON.stringify(data.trim().slice(0, 30)), true);
  }
  for (const element of document.querySelectorAll("button, select, input, textarea, canvas")) {
    if (!seen(element) || element.type === "file") continue;
    add(element.getBoundingClientRect(), element, `${element.localName} ${element.name || element.id || element.textContent}`, false);
  }
  // a sheet is meant to lie on what is below it, and the player's controls on what is scrolled past them
  const layer = (element) => element.closest(".sheet, .menu > ol, .player.open");
  boxes.forEach((one, at) => {
    for (const other of boxes.slice(at + 1)) {
      if (!one.isText && !other.isText && (one.element.localName === "canvas") !== (other.element.localName === "canvas")) continue;
      if (layer(one.element) !== layer(other.element)) continue;
      const within = one.element.contains(other.element) || other.element.contains(one.element);
      if (within && !(one.isText && other.isText)) continue;
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (width > 1.5 && height > 1.5) found.push(`${one.what} lies on ${other.what}`);
    }
  });
  return [...new Set(found)];
})();
