"""Names of people, places and organisations, by tags and Latin word shapes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.article import Span, longest
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText, fold, simplify
from index.text.numbers import values, without_numbers
from qa.answer_types import AnswerType
from qa.language import is_han

_L = r"[A-Za-z0-9\u00c0-\u024f&-]"
_LATIN = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z]{_L}*(?:\s(?:(?:of|for|and|the|de)\s)*[A-Z]{_L}*)*|[a-z]+[A-Z]{_L}*)"
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&-]+s?|[A-Za-z0-9]*[a-z][A-Z][A-Za-z0-9]*")
_OPENING = re.compile(r"(?:^|[.!?。！？]\s?)[\"“‘(]?$")
_QUOTED = re.compile(r"[“「『《]([^”」』》]{2,30})[”」』》]")
_NUMBER = re.compile(r"(?<![\d.])(?:\d+(?:\.\d+)+|\d{2,})(?![\d.]*\d)")
_ORG_END = re.compile(
    r".*(?:公司|集团|银行|大学|学院|研究[所院]|委员会|基金会|协会|学会|联盟|组织|局|署|部门?|中心|法院|"
    r"议会|政府|机构|事务所|报社|电视台|出版社|社|院|处|厅|委)"
)
COMMON_WORDS = Path(__file__).with_name("common_words.txt")
"""Words that jieba's dictionary wrongly tags as names; `training.common_words` lists them."""

_NO_NAMES = frozenset({*COMMON_WORDS.read_text(encoding="utf-8").split(), "一共", "请问"})
_REMEMBERED = 256  # texts
_LONGEST_ORG = 60  # characters; of a longer run of nouns every beginning would be a name
_LOCAL = frozenset("市 县 省 镇 村 乡".split())
_LOCALITY = re.compile(
    r"(?![城都股超上集夜门闹楼车牛熊黑全本该各两我外乡小古重名这那几每某同省县])[\u4e00-\u9fff]{1,3}[市县省镇]"
)
_BEFORE_LOCAL = ("mg", "nr", "ns", "nz", "n", "g")
_LONGEST_LOCAL = 3
_TAGS = {
    "nr": AnswerType.PERSON,
    "nrt": AnswerType.PERSON,
    "nrfg": AnswerType.PERSON,
    "ns": AnswerType.PLACE,
    "nt": AnswerType.ORG,
    "j": AnswerType.OTHER,  # 欧盟, 中美: abbreviations of anything
}
_PROPER = frozenset({*_TAGS, "nz", "eng"})
_PART_OF_ORG = ("n", "j", "eng", "vn")
_OPENERS = frozenset(
    "How What When Where Who Whom Whose Which Why Is Are Was Were Do Does Did Has Have Can Will "
    "The A An In On At By Of For And But If It This That January February March April May June "
    "July August September October November December".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its range in the text."""

    text: str
    answer_type: AnswerType
    span: Span


class Names:
    """Finds names with the tagger of a dictionary. Threads may share it."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        # Sentences of the same passages come up for many questions, and tagging one takes 1 ms.
        self._in_text = lru_cache(_REMEMBERED)(self._find)

    def find(self, text: str) -> list[Name]:
        """Return all names in a text, in order; organisations with all their words.

        `"美国博斯公司和丹麦"` has 美国, 美国博斯公司, 博斯 (which is taken for a person) and 丹麦.
        """
        return list(self._in_text(text))

    def _find(self, text: str) -> list[Name]:
        return self.find_in(text, simplify(text))

    def find_in(self, text: str, simplified: str) -> list[Name]:
        """Return all names in a text whose simplified form is known."""
        # The dictionary knows simplified words only; the names are given as the text writes them.
        tagged = list(self.tagged(simplified))
        names = [
            Name(span.of(text), _TAGS[tag], span)
            for word, tag, span in tagged
            if tag in _TAGS and len(word) > 1 and word not in _NO_NAMES
        ]
        names += _localities(text, tagged)
        names += _organisations(text, tagged)
        names += _latin(text)
        return sorted(names, key=lambda name: (name.span.start, name.span.end))

    def of_kind(self, answer_type: AnswerType, text: str) -> list[Name]:
        """Return the names of an answer type; only the longest of nested ones."""
        wanted = (
            {AnswerType.PERSON, AnswerType.ORG} if answer_type is AnswerType.WHO else {answer_type}
        )
        fitting = [name for name in self.find(text) if name.answer_type in wanted]
        kept = longest(name.span for name in fitting)
        return list({name.span: name for name in fitting if name.span in kept}.values())

    def parts(self, name: str) -> list[str]:
        """Return the terms that a name is made of, as the index knows them."""
        return self._analyzer.content_terms(name)

    def is_word(self, simplified: str) -> bool:
        """Return whether the dictionary or the user has a text as one word: 遂宁, but not 洛杨."""
        return simplified in self._analyzer.terms(simplified)

    def tagged(self, simplified: str) -> Iterator[tuple[str, str, Span]]:
        """Yield the words of a simplified text with their tags and ranges."""
        start = 0
        for word, tag in self._analyzer.tagged(simplified):
            yield word, tag, Span(start, start + len(word))
            start += len(word)


def required_entities(question: FoldedText, names: Sequence[Name]) -> list[str]:
    """Return what evidence must be about: the question's names, quoted words and numbers.

    A number is required by its value, however the evidence writes it.

    >>> required_entities(FoldedText.of("谁投入1.6亿?"), [])
    ['160000000']
    """
    required = [name.text for name in names]
    required += [match[1] for match in _QUOTED.finditer(question.text)]
    required += _NUMBER.findall(without_numbers(question.folded))
    required += values(question.folded)
    # Of two zero-width spaces in quotation marks nothing is left to look for.
    return [entity for entity in dict.fromkeys(required) if fold(entity).strip()]


def is_acronym(name: str) -> bool:
    """Return whether a name is spelled alike in all languages.

    >>> is_acronym("NIST"), is_acronym("CityMart"), is_acronym("Brazil")
    (True, True, False)
    """
    return _ACRONYM.fullmatch(name) is not None


def is_common(word: str) -> bool:
    """Return whether a word that the dictionary tags as a name is none: 今天下午.

    >>> is_common("一共"), is_common("巴西")
    (True, False)
    """
    return word in _NO_NAMES


def _localities(text: str, tagged: list[tuple[str, str, Span]]) -> Iterator[Name]:
    """Yield places missing from the dictionary, by their ending: `甲市`, `癸` `市`, `柳湾` `村`."""
    before: tuple[str, str, Span] | None = None
    for word, tag, span in tagged:
        if _LOCALITY.fullmatch(word) and tag == "n":
            yield Name(span.of(text), AnswerType.PLACE, span)
        elif before and word in _LOCAL and before[1].startswith(_BEFORE_LOCAL):
            whole = Span(before[2].start, span.end)
            if len(before[0]) <= _LONGEST_LOCAL:
                yield Name(whole.of(text), AnswerType.PLACE, whole)
        before = (word, tag, span)


def _organisations(text: str, tagged: list[tuple[str, str, Span]]) -> Iterator[Name]:
    """Yield runs of nouns and names that end like an organisation: `国家 科学 基金会`.

    A short run without a proper noun (`咨询机构`) is no name.
    """
    run: list[tuple[Span, str]] = []
    for word, tag, span in tagged:
        if not tag.startswith(_PART_OF_ORG):
            run = []
            continue
        run.append((span, tag))
        whole = Span(run[0][0].start, span.end)
        proper = any(part in _PROPER for _, part in run) or whole.end - whole.start > 5
        if whole.end - whole.start > _LONGEST_ORG:
            run = []
        elif len(run) > 1 and proper and _ORG_END.fullmatch(word):
            yield Name(whole.of(text), AnswerType.ORG, whole)


def _latin(text: str) -> Iterator[Name]:
    """Yield capitalised runs: organisations in a Han text, names of any type in English.

    A single capitalised word at the start of a sentence is no name, unless it is an acronym.
    """
    for match in _LATIN.finditer(text):
        words = match.group().split(" ")
        while words and words[0] in _OPENERS:
            words.pop(0)
        name = " ".join(words)
        opens = " " not in name and _OPENING.search(text[: match.end() - len(name)]) is not None
        if len(name) > 1 and (is_acronym(name) or not opens):
            span = Span(match.end() - len(name), match.end())
            for answer_type in _latin_types(text, name):
                yield Name(name, answer_type, span)


def _latin_types(text: str, name: str) -> tuple[AnswerType, ...]:
    if is_acronym(name) or is_han(text):
        return (AnswerType.ORG,)
    return (AnswerType.PERSON, AnswerType.ORG, AnswerType.PLACE)
