// What lies on what: texts on texts, on controls or on canvases, as far as they are to be seen; and whether the page is wider
// than its window. A list of sentences.
const overlaps = (() => {
  const found = [];
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) found.push(`${page.scrollWidth} px of page in ${page.clientWidth} px of window`);
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest(".unseen");
  // asked once of each element, because a page has thousands of texts and pairs of them
  const once = (answer) => {
    const known = new Map();
    return (element) => known.get(element) ?? known.set(element, answer(element)).get(element);
  };
  const everywhere = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  const both = (one, other) => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  // the box within which an element is shown: that of everything around it that cuts off or scrolls
  const shown = once((element) => {
    if (!element || element === document.body) return everywhere;
    const { overflowX, overflowY } = getComputedStyle(element);
    const cutsOff = !(element instanceof SVGElement || (overflowX === "visible" && overflowY === "visible"));
    const around = shown(element.parentElement);
    return cutsOff ? both(around, element.getBoundingClientRect()) : around;
  });
  const boxes = [];
  const add = (box, element, what, isText) => {
    const { left, top, right, bottom } = both(box, shown(element));
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
  const layer = once((element) => element.closest(".sheet, .menu > ol, .player.open") ?? page);
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
      const other = boxes[next];
      const { left, top, right, bottom } = both(one, other);
      if (right - left <= 1.5 || bottom - top <= 1.5) continue;
      if (!one.isText && !other.isText && (one.element.localName === "canvas") !== (other.element.localName === "canvas")) continue;
      if (layer(one.element) !== layer(other.element)) continue;
      const within = one.element.contains(other.element) || other.element.contains(one.element);
      if (within && !(one.isText && other.isText)) continue;
      found.push(`${one.what} lies on ${other.what}`);
    }
  });
  return [...new Set(found)];
})();
