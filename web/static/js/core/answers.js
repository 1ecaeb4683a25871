// What the parts of the page read of an answer of the API.

/** Return the citations of an answer, or of what may be one; those of a summary in the order of its article. */
export function citationsOf(answer) {
  const { citations = [] } = answer.possible ?? answer;
  return answer.kind === "summary" ? [...citations].sort((first, second) => first.start - second.start) : citations;
}
