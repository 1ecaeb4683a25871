// Shows the chat on a page of another site: <script src="https://yiju.example/widget.js" defer></script>
//
// The server has to name that site in YIJU_FRAME_ANCESTORS. `data-label` sets the button's words.

"use strict";

(() => {
  const script = document.currentScript;
  const page = new URL("./", script.src).href;
  const label = script.dataset.label ?? "提问";

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  style(button, {
    position: "fixed", insetInlineEnd: "20px", bottom: "20px", zIndex: "2147483000", padding: "12px 20px", border: "0",
    borderRadius: "24px", background: "#b4231a", color: "#fff", font: "600 16px/1.4 system-ui, sans-serif", cursor: "pointer",
    boxShadow: "0 4px 16px rgb(0 0 0 / 0.25)",
  });

  const frame = document.createElement("iframe");
  frame.title = label;
  frame.hidden = true;
  frame.allow = "clipboard-write";
  style(frame, {
    position: "fixed", insetInlineEnd: "20px", bottom: "80px", zIndex: "2147483000", width: "min(420px, calc(100vw - 40px))",
    height: "min(680px, calc(100vh - 110px))", border: "1px solid #c9c9c2", borderRadius: "14px", background: "#fafaf8",
    boxShadow: "0 12px 40px rgb(0 0 0 / 0.25)",
  });

  button.addEventListener("click", () => {
    // Loaded when it is first wanted, so that the site's own page is not slowed down.
    if (!frame.src) frame.src = page;
    frame.hidden = !frame.hidden;
    button.setAttribute("aria-expanded", String(!frame.hidden));
  });
  document.body.append(frame, button);

  function style(node, rules) {
    Object.assign(node.style, rules);
  }
})();
