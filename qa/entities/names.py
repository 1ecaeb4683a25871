"""Names of people, places and organisations, by jieba's tags and by the shape of Latin words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.article import Span
from index.text.analyzer import Analyzer
from index.text.folding import fold, simplify
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
# Words that jieba's dictionary wrongly tags as names.
_NO_NAMES = frozenset("智慧 城市 一共 上市".split())
_REMEMBERED = 256  # texts
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
    """Finds names with the tagger of a dictionary."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        # A question is looked through several times on the way to its answer.
        self._found = lru_cache(_REMEMBERED)(self._look_for)

    def find(self, text: str) -> list[Name]:
        """All names in a text, in order; organisations as long as they go.

        `"美国博斯公司和丹麦"` → `美国` place, `美国博斯公司` organisation, `博斯` person, `丹麦`
        place.
        """
        return list(self._found(text))

    def _look_for(self, text: str) -> tuple[Name, ...]:
        # The dictionary knows simplified words only; what is found is given as it stands.
        tagged = list(self.tagged(text))
        found = [
            Name(span.of(text), _TAGS[tag], span)
            for word, tag, span in tagged
            if tag in _TAGS and len(word) > 1 and word not in _NO_NAMES
        ]
        found += _localities(text, tagged)
        found += _organisations(text, tagged)
        found += _latin(text)
        return tuple(sorted(found, key=lambda name: (name.span.start, name.span.end)))

    def of_kind(self, answer_type: AnswerType, text: str) -> list[Name]:
        """The names in a text that could answer a question for `kind`; the longest where nested."""
        wanted = (
            {AnswerType.PERSON, AnswerType.ORG} if answer_type is AnswerType.WHO else {answer_type}
        )
        fitting = [name for name in self.find(text) if name.answer_type in wanted]
        longest = {
            name.span: name
            for name in fitting
            if not any(
                other.span != name.span and other.span.contains(name.span) for other in fitting
            )
        }
        return list(longest.values())

    def required(self, question: str) -> list[str]:
        """What evidence must be about: names, quoted words and numbers of a question.

        A number stands by its value (`1.6亿` → `160000000`), however the evidence writes it.
        """
        found = [name.text for name in self.find(question)]
        found += [match[1] for match in _QUOTED.finditer(question)]
        folded = fold(question)
        found += [*_NUMBER.findall(without_numbers(folded)), *values(folded)]
        return list(dict.fromkeys(found))

    def parts(self, name: str) -> list[str]:
        """The terms that a name is made of, as the index knows them."""
        return self._analyzer.content(name)

    def tagged(self, text: str) -> Iterator[tuple[str, str, Span]]:
        """The simplified words of a text with their tags, and where each stands."""
        start = 0
        for word, tag in self._analyzer.tagged(simplify(text)):
            yield word, tag, Span(start, start + len(word))
            start += len(word)


def is_acronym(name: str) -> bool:
    """Return whether a name is spelled alike in all languages.

    >>> is_acronym("NIST"), is_acronym("CityMart"), is_acronym("Brazil")
    (True, True, False)
    """
    return _ACRONYM.fullmatch(name) is not None


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
        if len(run) > 1 and proper and _ORG_END.fullmatch(word):
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
