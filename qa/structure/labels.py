"""Match the labels of a table (names of columns, keys of rows) in a question.

A label is found whole: T-90 is not in T-90S, 3班 is not in 13班, and of labels that overlap the
longest counts. Numbers meet in Han characters and in digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from index.article import Span
from index.text.folding import fold
from index.text.numbers import value_of

_HAN_NUMBER = re.compile(r"[〇零○一二三四五六七八九十百千两]+")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WEEK = re.compile("星期|礼拜")
_DASHED_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?![\d.])")
_DAY = re.compile(r"(\d月)0?(\d{1,2})[日号]")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
# Signs and spaces count between letters and digits only: T-90, 8:30, 3.5.
_SIGNS = re.compile(r"(?<![a-z0-9])[^\w%℃]+|[^\w%℃]+(?![a-z0-9])|[的之“”\"']")
_CODE = re.compile(r"(?=[a-z0-9.-]*[a-z])(?=[a-z0-9.-]*\d)[a-z0-9]+(?:[-.][a-z0-9]+)*")
_LATIN = re.compile(r"[a-z0-9]")
_DATED = re.compile(r"\d+[年月日号期届]")
# Ends that people leave out: 东川 for 东川市.
_SUFFIX = re.compile(
    r"(?:自治区|街道|公司|[省市区县镇乡村路站厅局部处科室馆园校院所厂队班组型号款系列类级员者数])$"
)
_MEASURE = re.compile(
    "[元万亿千百十人个家台件吨米公里平立度次户亩岁年月日天时分秒小倍页本名位层楼班%℃]"
)
_MIN_BLOCK = 2
_DIGITS_AT_LEAST = 2


@lru_cache(maxsize=8192)
def label_form(text: str) -> str:
    """Return a text as labels are compared: folded, numbers in digits, no spaces and signs.

    >>> label_form("T-90S 的 运费"), label_form("七月八号"), label_form("2021-07-08")
    ('t-90s运费', '7月8日', '2021年7月8日')
    """
    return _compared(fold(text))


def _compared(folded: str) -> str:
    form = _WEEK.sub("周", folded)
    form = _HAN_NUMBER.sub(_in_digits, form)
    form = _DASHED_DATE.sub(_written_date, form)
    return _SIGNS.sub("", _DAY.sub(r"\1\2日", form))


def _written_date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")


def _in_digits(match: re.Match[str]) -> str:
    written = match.group()
    if len(written) > 1 and not re.search("[十百千两]", written):
        return written.translate(_HAN_DIGITS)
    value = value_of(written)
    return written if value is None else str(int(value))


@lru_cache(maxsize=8192)
def label_forms(text: str) -> tuple[str, ...]:
    """Return the forms by which a question may call a label, the whole one first.

    >>> label_forms("东川市（含郊区）")
    ('东川市含郊区', '东川市', '东川')
    """
    whole = label_form(text)
    bare = label_form(_BRACKETS.sub("", text))
    short = _SUFFIX.sub("", bare)
    codes = _CODE.findall(bare)
    forms = [whole, bare, *(form for form in (short, *codes) if len(form) > 1)]
    return tuple(dict.fromkeys(form for form in forms if form))


@dataclass(frozen=True, slots=True)
class AskedLabels:
    """A question, in which labels are found."""

    form: str

    @classmethod
    def of(cls, question: str) -> "AskedLabels":
        """Prepare a question."""
        return cls(label_form(question))

    @classmethod
    def of_folded(cls, folded: str) -> "AskedLabels":
        """Prepare a question that is folded already."""
        return cls(_compared(folded))

    def mentions(self, text: str) -> list[Span]:
        """Return where the question has a label, in the longest of its forms that it has."""
        for form in label_forms(text):
            if spans := list(self._occurrences(form)):
                return spans
        return []

    def has(self, form: str) -> bool:
        """Return whether a form of a label occurs, and not within a longer one."""
        return next(self._occurrences(form), None) is not None

    def has_whole(self, text: str) -> bool:
        """Return whether the question has a label as it is written, but for brackets."""
        whole = {label_form(text), label_form(_BRACKETS.sub("", text))}
        return any(self.has(form) for form in whole)

    def _occurrences(self, form: str) -> Iterator[Span]:
        if not _is_telling(form):
            return
        at = self.form.find(form)
        while at >= 0:
            span = Span(at, at + len(form))
            if self._is_whole(span):
                yield span
            at = self.form.find(form, at + 1)

    def _is_whole(self, span: Span) -> bool:
        """Return whether a form is not a part of a longer number, word or code."""
        form = self.form
        before, after = form[: span.start][-2:], form[span.end :][:2]
        if _LATIN.match(form[span.start]) and re.search(r"[a-z0-9][-.:/]?$", before):
            return False
        if not _LATIN.match(form[span.end - 1]):
            return True
        if re.match(r"[-.:/]?[a-z0-9]", after):
            return False
        # 30 is not in 30元, but 2023 is in 2023年, and 6602 may be a number of its own.
        figure = span.of(form).isdigit()
        return (
            not figure
            or not _MEASURE.match(after)
            or (after[0] == "年" and len(span.of(form)) == 4)
        )

    def overlap(self, text: str, without: Sequence[Span] = ()) -> float:
        """Return the share of a label that stands in the question in blocks of two and more.

        `without` are ranges of the question that say something else.
        """
        form = label_form(_BRACKETS.sub("", text)) or label_form(text)
        rest = self.rest(without)
        blocks = SequenceMatcher(None, form, rest, autojunk=False).get_matching_blocks()
        return sum(block.size for block in blocks if block.size >= _MIN_BLOCK) / max(len(form), 1)

    def rest(self, without: Sequence[Span]) -> str:
        """Return the question with some ranges blanked."""
        characters = list(self.form)
        for span in without:
            characters[span.start : span.end] = "|" * (span.end - span.start)
        return "".join(characters)


def codes_in(question: AskedLabels) -> set[str]:
    """Return what names one of many alike in a question: codes, and parts of dates.

    >>> sorted(codes_in(AskedLabels.of("T-90S在7月8日的运费")))
    ['7月', '8日', 't-90s']
    """
    return {*_CODE.findall(question.form), *_DATED.findall(question.form)}


def _is_telling(form: str) -> bool:
    """Return whether a form is long enough to prove anything: not a lone character or digit."""
    return len(form) >= _DIGITS_AT_LEAST
