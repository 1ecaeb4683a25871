// The start of the chat: questions to begin with, and a notice if there is no index.

import { getJson, getSuggestions } from "../core/api.js";
import { errorNotice, toRequestError } from "../core/errors.js";
import { element, languageOf } from "../core/dom.js";
import { translate } from "../core/i18n.js";
import { questionChips } from "./answer_card.js";

const SHOWN = 6;

/**
 * Fill in `count`, `notices` and `more`; can be called again to refresh them.
 *
 * `ask(question)` asks a suggested one; `uploads()` loads the panel that takes files.
 */
export async function welcome(parts, { ask, uploads }) {
  parts.notices.replaceChildren();
  const retry = () => welcome(parts, { ask, uploads });
  try {
    const { articles, keeps_questions: keeps } = await getJson("api/index");
    parts.count.textContent = articles.toLocaleString("en");
    if (!articles) return parts.more.replaceChildren(await invite(uploads));
    const questions = await getSuggestions();
    parts.more.replaceChildren(translate(element("div", {},
      questions.length > 0 && suggestions(questions.slice(0, SHOWN), ask),
      keeps && element("p", { class: "detail", i18n: "keepsQuestions" }))));
  } catch (error) {
    parts.notices.replaceChildren(errorNotice(toRequestError(error), { retry }));
  }
  return undefined;
}

async function invite(uploads) {
  const { invitation } = await import("../articles/invitation.js");
  return translate(invitation(await uploads()));
}

function suggestions(questions, ask) {
  return element("section", { testid: "suggestions", lang: languageOf(questions[0]) },
    element("h2", { i18n: "suggestions" }), questionChips(questions, ask));
}
