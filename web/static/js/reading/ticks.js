// Ticks at the scroll bar: where in a long article the citations are.

import { element } from "../core/dom.js";

/** Return ticks for the marks within `scroller`, which stay in place when the text is laid out anew. */
export function ticks(scroller) {
  const bar = element("div", { class: "ticks", "aria-hidden": "true", testid: "ticks" });
  const marks = [...scroller.querySelectorAll("mark[data-number], mark.current")];
  new ResizeObserver(() => place(bar, marks, scroller)).observe(scroller.lastElementChild);
  return bar;
}

function place(bar, marks, scroller) {
  const { scrollHeight, clientHeight } = scroller;
  const top = scroller.getBoundingClientRect().top - scroller.scrollTop;
  const places = marks.map((mark) => ({ at: (mark.getBoundingClientRect().top - top) / scrollHeight, isCurrent: mark.classList.contains("current") }));
  bar.replaceChildren(...(scrollHeight > clientHeight ? places.map(tick) : []));
}

function tick({ at, isCurrent }) {
  const line = element("i", { class: isCurrent && "current" });
  line.style.top = `${(100 * at).toFixed(2)}%`;
  return line;
}
