"""Format answers and passages as lines for a terminal."""

from collections.abc import Iterator, Sequence

from qa.answer import Answer, Citation, FoundPassage, Written
from qa.language import is_han, possibly

_RECOGNISED = {
    True: "由扫描件识别，可信度 {:.0%}，请核对原件",
    False: "recognised in a scan, {:.0%} sure: compare it with the original",
}
"""What is said of a citation of a scan, in Chinese or not."""

_WRITTEN = {
    True: "由模型根据下列原文写成：",
    False: "Written by a model from the sources below:",
}
_TRANSLATED = {True: "由模型翻译：", False: "Translated by the model:"}
_NEAREST = {True: "最接近的段落：", False: "The nearest passages:"}
_PAGE = {True: "第 {} 页", False: "page {}"}
_NEAREST_SHOWN = 3
_LONGEST_PASSAGE = 160  # characters of a passage in a list: two lines of a terminal in Chinese


def format_answer(answer: Answer) -> str:
    """Format an answer as lines: short answer, text, sources; then what may be the answer.

    Where nothing is answered, the nearest passages are listed.
    """
    in_chinese = is_han(answer.answer)
    lines = [answer.short_answer] if answer.short_answer else []
    lines += [answer.answer, *_format_written(answer.written)]
    # Its marks count on from those of the answer.
    cited = answer.written.citations if answer.written else []
    lines += _format_citations(cited or answer.citations, in_chinese)
    if answer.possible is not None:
        possible = answer.possible
        lead = possible.short_answer or possible.answer
        percent = min(99, round(possible.confidence * 100))
        lines += ["", f"{possibly(answer.answer)}{lead} ({percent}%)"]
        lines += [possible.answer] if lead != possible.answer else []
        lines += _format_citations(possible.citations, in_chinese)
    elif not answer.answered and answer.passages:
        lines += ["", _NEAREST[in_chinese]]
        lines += _format_passages(answer.passages[:_NEAREST_SHOWN])
    return "\n".join(lines)


def format_hits(hits: Sequence[FoundPassage], pages: Sequence[int | None]) -> str:
    """Format the passages of a search, each with the page on which it starts, if it has one."""
    if not hits:
        return "No passage was found."
    return "\n".join(list(_format_passages(hits, pages))[1:])


def _format_written(written: Written | None) -> Iterator[str]:
    """Yield what a model wrote, marked as such, or why it did not."""
    if written is None:
        return
    yield ""
    if written.failed:
        yield written.failed
    else:
        yield f"{_WRITTEN[is_han(written.text)]} ({written.model})"
        yield written.text
    for translation in written.translations:
        yield f"[{translation.citation + 1}] {_TRANSLATED[is_han(translation.text)]}"
        yield f"    {translation.text}"


def _format_citations(citations: Sequence[Citation], in_chinese: bool) -> Iterator[str]:
    for number, citation in enumerate(citations, 1):
        byline = " · ".join(filter(None, (citation.title, citation.source, citation.published)))
        place = _place(citation.article_id, citation.start, citation.end, citation.page, in_chinese)
        yield from ("", f"[{number}] {byline}", f"    {place}")
        if citation.recognised is not None:
            yield f"    {_RECOGNISED[in_chinese].format(citation.recognised)}"
        if number > 1:
            yield f"    {citation.quote}"


def _format_passages(
    passages: Sequence[FoundPassage], pages: Sequence[int | None] = ()
) -> Iterator[str]:
    known = [*pages, *[None] * (len(passages) - len(pages))]
    for number, (passage, page) in enumerate(zip(passages, known, strict=True), 1):
        in_chinese = is_han(passage.text)
        place = _place(passage.article_id, passage.start, passage.end, page, in_chinese)
        yield from ("", f"[{number}] {passage.title or passage.article_id}", f"    {place}")
        yield f"    {_shortened(passage.text)}"


def _place(article_id: str, start: int, end: int, page: int | None, in_chinese: bool) -> str:
    """Return where a range is: the page, which a reader can turn to, or else its characters."""
    place = f"{start}–{end}" if page is None else _PAGE[in_chinese].format(page)
    return f"{article_id} {place}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_PASSAGE else f"{line[:_LONGEST_PASSAGE].rstrip()} …"
