"""Classify lines by their shape: prose, headings, list items, blank lines.

Recognising boilerplate and bylines by their words is left to `boilerplate` and `byline`.
"""

import re

# A sentence's end may be followed by closing quotes, brackets or a footnote mark.
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』》）)\]】\"']*$|[.;；][”’\"')\]]*$")
_INNER_END = re.compile(r"[。！？]|[.!?]['\"”’)]* +[A-Z“\"]")
_OPEN_END = re.compile(r"[,，、:：]$")
_ITEM = re.compile(r"^\s*(?:[-*•·●■◆▪□○▲△►※]|\d{1,3}[.、)）]|[(（]\d{1,2}[)）])\s*\S")
_DECIMAL = re.compile(r"\s*\d+\.\d")
_NUMBERED = (
    re.compile(r"^第[一二三四五六七八九十百零〇\d]{1,4}[章节節部分篇编編讲講回]+(?:[\s:：]|$)"),
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]\s*\S"),
    re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]\s*\S"),
    re.compile(r"^第[一二三四五六七八九十百零〇\d]{1,4}[条條](?:[\s:：]|$)"),
)
_CAPTION = re.compile(
    r"^(?:图|圖|表|资料图|資料圖|Fig(?:ure)?\.?|Table|Photo)\s*(?:\d|[一二三四五六七八九十]\b|[:：])"
    r"|[摄攝][)）]?$|^[▲△▼↑↓]|^(?:Photo|Image)s? (?:by|:)"
)
_LETTERS = re.compile(r"\w")
_NARROW = re.compile("[\x00-\u024f]+")  # runs of them: faster than each by itself
_QUOTED = re.compile(r"^[“\"「『].*[”\"」』]$|^(?:——|—|--)")


def width(line: str) -> float:
    """Return the width of a line: a Chinese character counts 1, a Latin character a half.

    >>> width("中文 ab")
    3.5
    """
    return len(line) - len("".join(_NARROW.findall(line))) / 2


def ends_sentence(line: str) -> bool:
    """Return whether a line ends like a sentence.

    >>> ends_sentence("他说：“好。”"), ends_sentence("第一章")
    (True, False)
    """
    return _SENTENCE_END.search(line.strip()) is not None


def is_prose(line: str) -> bool:
    """Return whether a line is running text of a sentence or more; a question may be a title.

    >>> is_prose("智慧城市:如何加强国际合作?"), is_prose("会议在北京召开，持续三天。")
    (False, True)
    """
    line = line.strip()
    size = width(line)
    if size > 60 and ("。" in line or "，" in line or "," in line):
        return True
    if line.endswith(("！", "？", "!", "?")):
        return size > 30 or (size > 12 and _INNER_END.search(line[:-1]) is not None)
    return ends_sentence(line) and size >= 10


def is_item(line: str) -> bool:
    """Return whether a line begins with the mark or the number of a list's item.

    >>> is_item("- 钢筋"), is_item("（3）钢筋"), is_item("3.5吨钢筋")
    (True, True, False)
    """
    return _ITEM.match(line) is not None and not _DECIMAL.match(line)


def is_heading_like(line: str, max_width: float = 40) -> bool:
    """Return whether a line may be a heading: short, and no statement, list item or caption.

    >>> [is_heading_like(line) for line in ("模式:协同+共享", "图1 各国投入", "各位代表：")]
    [True, False, False]
    """
    line = line.strip()
    if not _LETTERS.search(line) or width(line) > max_width:
        return False
    if _ITEM.match(line) or _CAPTION.search(line) or _QUOTED.match(line):
        return False
    if line.endswith(("?", "？", "!", "！")):
        return not is_prose(line)
    return not (ends_sentence(line) or _OPEN_END.search(line) or _INNER_END.search(line))


def numbering(line: str) -> int | None:
    """Return the form of a numbered heading, 0 to 3, or None.

    >>> [numbering(line) for line in ("第一章 总则", "一、背景", "（一）目标", "第一条 目的")]
    [0, 1, 2, 3]
    """
    line = line.strip()
    return next((number for number, form in enumerate(_NUMBERED) if form.match(line)), None)


def is_blank(line: str) -> bool:
    """Return whether a line consists of white space and zero-width characters only."""
    return not line.strip("\ufeff\u200b\u200c\u200d\u2060 \t\u3000\u00a0") or line.isspace()
