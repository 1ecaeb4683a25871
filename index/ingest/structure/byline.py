"""Extract source, date and author of an article from the byline near its title.

A byline consists of dates, times, `来源:…`, authors, view counters and addresses only. Running
prose never does, so a date in the first paragraph isn't taken for the date of publication. Finding
the title is left to `headings`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Span
from index.ingest.structure.dates import find_dates
from index.ingest.structure.line_shapes import is_blank, is_prose, width
from index.ingest.structure.properties import author_in
from index.text.scripts import HAN_UNIFIED

# 数据来源 and 图片来源 are no sources of an article; 日 may end a date before the label.
_SOURCE_LABEL = (
    r"(?<![\u4e00-\u65e4\u65e6-\u9fff])(?:文章|信息|消息|新闻|新聞|稿件|内容|資料|资料)?(?:来源"
    r"|來源)|稿源|出处|出處|转自|轉自|转载自"
    r"|轉載自|摘自|(?<![A-Za-z] )(?<![A-Za-z])Source"
)
_OTHER_LABEL = (
    r"作者|文章作者|记者|記者|撰文|撰稿|采写|采编|供稿|通讯员"
    r"|责任编辑|責任編輯|责编|编辑|編輯|审核|校对|摄影"
    r"|浏览(?:次数|量)?|阅读(?:次数|量|数)?|点击(?:次数|量|数)?|访问(?:次数|量)?|评论(?:数)?"
    r"|字[号體体](?:大小)?"
    r"|发布(?:时间|日期|机构|单位)|發布(?:時間|日期)|发表(?:时间|日期|于)|更新(?:时间|日期|于)"
    r"|时间|日期|時間"
    r"|成文日期|发文(?:机关|字号|日期)|索\s*引\s*号|文\s*号|主题(?:分类|词)|公开(?:方式|时间"
    r"|日期)|有效性"
    r"|(?<![A-Za-z])(?:Authors?|Written by|Reporter|Editor|Edited by|Published(?: on| at)?"
    r"|Posted(?: on| at)?"
    r"|Updated(?: on| at)?|Last updated|Date|Time|Views?|Comments?|Reads?)"
)
_STOP = re.compile(
    rf"\s{{2,}}|[\t\r\u3000|丨｜•·）)】\]>]|\s+(?:{_SOURCE_LABEL}|{_OTHER_LABEL})\s*[:：]"
    rf"|\s+https?://"
    rf"|(?<=[{HAN_UNIFIED}])\s+|\s*(?:1[89]|20)\d\d\s*[-/.年]\s*\d|\s+[-–—]\s+"
)
_SOURCE = re.compile(rf"(?:{_SOURCE_LABEL})\s*[:：丨｜|/]\s*", re.IGNORECASE)
_LABELLED = re.compile(
    rf"[\[【(（]?(?:{_SOURCE_LABEL}|{_OTHER_LABEL})\s*[:：丨｜/]\s*", re.IGNORECASE
)
_SIGNED = re.compile(r"^(?:By|BY)\s+(?:[A-Z][\w.'’-]*,?\s*(?:and\s+)?){1,6}")
_SIGNED_ZH = re.compile(r"^\s*(?:文|图|文图|图文)\s*[/／]\s*\S{2,12}|^\s*(?:□|◎|■)\s*\S{2,12}$")
_NOISE = re.compile(
    r"https?://\S+|www\.\S+"
    r"|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*[A-Z]{2,4})?"
    r"|\d{1,2}[时時]\d{2}分?|\d+\s*(?:次|min read|views?|comments?|人阅读|阅读|评论)?"
    r"|(?:星期|周)[一二三四五六日天]|\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?"
    r"|Sun)(?:day)?\b"
    r"|\b(?:Published|Posted|Updated|Last updated)(?: on| at)?\b|发布[于時时]*|原创|转载|更新"
    r"|新闻纠错|分享到?|打印|收藏|字[号體体]|关闭|評論|评论|阅读|我要|举报"
    r"|(?<!\w)[大中小](?!\w)|\bby \w[\w.]*(?: [A-Z][\w.]+)?\s*$"
    r"|[\s|丨｜•·\[\]【】()（）<>《》,，:：/_–—-]",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"(?:更新|修改|Updated|Modified)\S*(?:\s(?:on|at))?\s*[:：]?\s*$", re.IGNORECASE
)
_AUTHOR = re.compile(
    r"(?:^|(?<=[\s|丨｜（(【\[·•]))(?:(?:文章|本文)?作者|撰文|撰稿|采写|(?:本报|本刊|特约|见习)?(?:记者|記者)"
    r"|Authors?|Written by|Reporter)\s*[:：丨｜/]\s*",
    re.IGNORECASE,
)
# A name without a colon is certain only if the line's end or a gap follows it.
_NAMED = re.compile(
    r"(?:(?:^|[\s（(|丨｜])(?:\w{2,4})?(?:记者|記者)\s+|^\s*(?:文|文图|图文)\s*[/／]\s*)"
    rf"(?P<name>[{HAN_UNIFIED}]{{2,4}}(?:、[{HAN_UNIFIED}]{{2,4}})*)(?=$|[\s）)|丨｜])"
    r"|^(?:By|BY)\s+(?!(?:The|A|An|THE|AN)\b)"
    r"(?P<signed>[A-Z][\w.'’-]*(?: (?:and )?[A-Z][\w.'’-]*){1,5})(?=$|,|\s*[|·•–—-]|\s{2})"
)
_CLAUSE = re.compile(rf"[。！？]|[{HAN_UNIFIED}]{{4}}[,，][{HAN_UNIFIED}]{{4}}")
# 2010年1月1日 施行: the day of another event than this publication.
_OTHER_EVENT = re.compile(r"施行|实施|生效|通过|公布|修[订正]|批准|召开|开幕|举行|成立|印发")
# A byline is short; the head of an article has no more lines before its prose than this.
_MAX_WIDTH = 110
_MAX_HEAD_LINES = 30
_MAX_VALUE_WIDTH = 30


@dataclass(frozen=True, slots=True)
class Byline:
    """Source, date (ISO 8601) and author of an article, with the spans of the first two."""

    source: str | None = None
    source_at: Span | None = None
    published: str | None = None
    published_at: Span | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class _BylineDate:
    """A date in a byline, and whether it is a date of revision."""

    iso: str
    span: Span
    revised: bool


def read_byline(text: str) -> Byline:
    r"""Return source, date and author from the head of a text.

    >>> byline = read_byline("标题\n2016-09-30 来源:百方网\n正文……")
    >>> byline.source, byline.published, byline.published_at
    ('百方网', '2016-09-30', Span(start=3, end=13))
    """
    spans = tuple(_byline_spans(text))
    source_at = next((value for span in spans if (value := _source_in(text, span))), None)
    dates = [date for span in spans if (date := _date_in(text, span))]
    # A day of publication goes before a day of revision, whichever line comes first.
    date = min(dates, key=lambda date: date.revised, default=None)
    return Byline(
        source=source_at.of(text) if source_at else None,
        source_at=source_at,
        published=date.iso if date else None,
        published_at=date.span if date else None,
        author=next((name for span in spans if (name := _author_in(span.of(text)))), None),
    )


def is_byline(line: str) -> bool:
    """Return whether a line consists of date, source, author and the like only.

    >>> is_byline("2016-09-30  来源:百方网"), is_byline("2016年9月30日，大会在北京开幕。")
    (True, False)
    """
    return _leftover(line) == ""


def is_byline_after_title(line: str) -> bool:
    """Return whether a line below a title is a byline, which may have a name without a label.

    Elsewhere a heading may look the same.

    >>> is_byline_after_title("新华社 2016-09-30 10:20")
    True
    """
    rest = _leftover(line)
    return rest is not None and width(rest) <= 8 and not _OTHER_EVENT.search(rest)


def head_lines(lines: Sequence[str]) -> int:
    """Return the number of lines before the first running prose, where a byline may be."""
    for number, line in enumerate(lines[:_MAX_HEAD_LINES]):
        if is_prose(line) and not is_byline(line):
            return number
    return min(len(lines), _MAX_HEAD_LINES)


def _leftover(line: str) -> str | None:
    """Return what is left of a line without the parts of a byline; None if it can't be one."""
    if width(line) > _MAX_WIDTH or _CLAUSE.search(line):
        return None
    rest = line
    for date in reversed(list(find_dates(line))):
        rest = rest[: date.span.start] + "  " + rest[date.span.end :]
    dated = rest != line
    unlabelled = _without_labels(rest)
    if unlabelled == rest and not dated:
        return None
    return _NOISE.sub("", unlabelled)


def _without_labels(line: str) -> str:
    """Return the line without its `label: value` pairs: `来源:新华社 作者:张三 大` → ` 大`."""
    line = _SIGNED_ZH.sub("", _SIGNED.sub("", line))
    while match := _LABELLED.search(line):
        stop = _STOP.search(line, match.end())
        end = stop.start() if stop else len(line)
        if width(line[match.end() : end]) > _MAX_VALUE_WIDTH:
            break  # a colon and a clause, not a label and a name
        line = line[: match.start()] + line[end:]
    return line


def _byline_spans(text: str) -> Iterator[Span]:
    lines = text.split("\n")
    start, below_title = 0, False
    for line in lines[: head_lines(lines)]:
        fits = is_byline_after_title(line) if below_title else is_byline(line)
        if fits:
            yield Span(start, start + len(line))
        below_title = below_title or not (is_blank(line) or fits)
        start += len(line) + 1


def _source_in(text: str, span: Span) -> Span | None:
    label = _SOURCE.search(text, span.start, span.end)
    if not label:
        return None
    stop = _STOP.search(text, label.end(), span.end)
    raw = text[label.end() : stop.start() if stop else span.end]
    value = raw.strip(" \r\u00a0,，;；.。")
    start = label.end() + raw.find(value)
    fits = 0 < width(value) <= _MAX_VALUE_WIDTH and not re.search(r"[。，！？!?]", value)
    return Span(start, start + len(value)) if fits else None


def _author_in(line: str) -> str | None:
    """Return the author that a label or `By` names: `来源：新华社 作者：张三` → `张三`."""
    label = _AUTHOR.search(line)
    if label:
        stop = _STOP.search(line, label.end())
        name = line[label.end() : stop.start() if stop else len(line)]
        return author_in(name) if not re.search(r"[。！？!?:：]", name) else None
    match = _NAMED.search(line)
    return author_in(match["name"] or match["signed"]) if match else None


def _date_in(text: str, span: Span) -> _BylineDate | None:
    """Return the line's first date of publication, else its first date of revision."""
    line = span.of(text)
    dates = [
        _BylineDate(
            date.iso,
            Span(span.start + date.span.start, span.start + date.span.end),
            _REVISED.search(line[: date.span.start]) is not None,
        )
        for date in find_dates(line)
    ]
    return min(dates, key=lambda date: date.revised, default=None)
