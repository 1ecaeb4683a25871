// What can be done with an answer: copy it, share it, ask again, say whether it helped.

import { sendJson } from "../core/api.js";
import { element, iconButton } from "../core/dom.js";
import { errorNotice, toRequestError } from "../core/errors.js";
import { setMessage, translate } from "../core/i18n.js";
import { toast } from "../core/toast.js";
import { questionAddress, turnMarkdown } from "../conversations/markdown.js";
import { asPlainText, copyText } from "./copying.js";

/** Render the actions of a turn; `again()` asks its question again, `rated(helpful)` is called with a thumb. */
export function answerActions({ question, answer, helpful }, { again, rated }) {
  const thumbs = answer.kind === "page" ? [] : thumbButtons({ answer, helpful, rated });
  return element("div", { class: "actions" },
    copyButton("copy", "copy", () => asPlainText(answer)),
    copyButton("markdown", "copyMarkdown", () => turnMarkdown({ question, answer })),
    copyButton("link", "copyLink", () => questionAddress(question), "copiedLink"),
    iconButton("again", "again", { testid: "again", onclick: again }),
    ...thumbs);
}

function copyButton(drawn, key, text, told = "copied") {
  return iconButton(drawn, key, {
    testid: key,
    onclick: async () => toast((await copyText(text())) ? told : "uncopied"),
  });
}

function thumbButtons({ answer, helpful, rated }) {
  const buttons = ["helpful", "unhelpful"].map((key) => iconButton(key, key, {
    testid: key, "aria-pressed": String(helpful === (key === "helpful")), onclick: () => rate(key === "helpful"),
  }));
  async function rate(isHelpful, comment) {
    const [button] = buttons;
    const bar = button.closest(".footing");
    bar.querySelector(".comment")?.remove();
    try {
      await sendJson("POST", "api/feedback", { answer_id: answer.id, helpful: isHelpful, ...(comment ? { comment } : {}) });
    } catch (error) {
      bar.append(errorNotice(toRequestError(error)));
      return;
    }
    buttons[0].setAttribute("aria-pressed", String(isHelpful));
    buttons[1].setAttribute("aria-pressed", String(!isHelpful));
    rated(isHelpful);
    if (isHelpful || comment !== undefined) toast("thanks");
    else bar.append(commentForm((text) => rate(false, text)));
  }
  return buttons;
}

function commentForm(send) {
  const field = element("input", { class: "field", maxlength: "2000", testid: "comment", label: "comment", "data-i18n-placeholder": "comment" });
  const form = element("form", { class: "comment", onsubmit: (event) => { event.preventDefault(); form.remove(); send(field.value.trim()); } },
    field, element("button", { class: "button", i18n: "commentSend" }));
  setMessage(form.lastChild, "commentSend");
  return translate(form);
}
