// What the parts of the page read of an answer of the API.

/** Return the citations of an answer, or of what may be one; those of a summary in the order of its article. */
export function citationsOf(answer) {
  const { citations = [] } = answer.possible ?? answer;
  return answer.kind === "summary" ? [...citations].sort((first, second) => first.start - second.start) : citations;
}

/** Return the citations of an answer, and behind them those that only what a model wrote has. */
export function allCitationsOf(answer) {
  const shown = citationsOf(answer);
  const further = (answer.written?.citations ?? []).filter((citation) => placeOf(citation, shown) < 0);
  return [...shown, ...further];
}

/** Return at which place a citation is among others, -1 if it is not. */
export function placeOf({ article_id: id, start, end }, citations) {
  return citations.findIndex((other) => other.article_id === id && other.start === start && other.end === end);
}

/**
 * Return what a model wrote beside an answer as text: its sentences, then its translations.
 *
 * `mark(citation, number)` makes what points at a citation, `plain(text)` what stands for its words.
 */
export function writtenLines({ written, ...answer }, { mark, plain = (text) => text, said, translated }) {
  if (!written || written.failed && !written.translations.length) return [];
  const numbered = allCitationsOf({ ...answer, written });
  const marked = (index) => mark(written.citations[index], placeOf(written.citations[index], numbered) + 1);
  const joint = written.sentences.some(({ text }) => /\p{Script=Han}/u.test(text)) ? "" : " ";
  const sentences = written.sentences.map(({ text, citations }) => plain(text) + citations.map(marked).join(""));
  return [
    ...(sentences.length ? [`${said} (${plain(written.model)})\n${sentences.join(joint)}`] : []),
    ...written.translations.map(({ citation, text }) => `${translated} (${plain(written.model)}) ${marked(citation)}\n${plain(text)}`),
  ];
}
