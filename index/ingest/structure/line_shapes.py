"""What kind of line a line is, by its shape alone: prose, something like a heading, a list item.

The words of navigation, bylines and footers are no matter of this file.
"""

import re

# A sentence's end may be followed by closing quotes, brackets or a footnote mark.
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』》）)\]】\"']*$|[.;；][”’\"')\]]*$")
_INNER_END = re.compile(r"[。！？]|[.!?]['\"”’)]* +[A-Z“\"]")
_OPEN_END = re.compile(r"[,，、:：]$")
_ITEM = re.compile(r"^\s*(?:[-*•·●■◆▪□○▲△►※]|\d{1,3}[.、)）]|[(（]\d{1,2}[)）])\s*\S")
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
_NARROW = re.compile("[\x00-\u024f]")
_QUOTED = re.compile(r"^[“\"「『].*[”\"」』]$|^(?:——|—|--)")


def width(line: str) -> float:
    """How wide a line reads: a Chinese character counts 1, a Latin one a half (`中文 ab` → 3.5)."""
    return len(line) - len(_NARROW.findall(line)) / 2


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does: `他说：“好。”` → True, `第一章` → False."""
    return _SENTENCE_END.search(line.strip()) is not None


def is_prose(line: str) -> bool:
    """Whether the line is running text: a whole sentence or more.

    `智慧城市:如何加强国际合作?` → False (a title may ask), `会议在北京召开，持续三天。` → True.
    """
    line = line.strip()
    size = width(line)
    if size > 60 and ("。" in line or "，" in line or "," in line):
        return True
    if line.endswith(("！", "？", "!", "?")):
        return size > 30 or (size > 12 and _INNER_END.search(line[:-1]) is not None)
    return ends_sentence(line) and size >= 10


def is_heading_like(line: str, widest: float = 40) -> bool:
    """Whether the line could be a heading or title: short, not a sentence, a list item, a caption.

    `模式:协同+共享` → True, `图1 各国投入` → False, `各位代表：` → False. A question may be one.
    """
    line = line.strip()
    if not _LETTERS.search(line) or width(line) > widest:
        return False
    if _ITEM.match(line) or _CAPTION.search(line) or _QUOTED.match(line):
        return False
    if line.endswith(("?", "？", "!", "！")):
        return not is_prose(line)
    return not (ends_sentence(line) or _OPEN_END.search(line) or _INNER_END.search(line))


def numbering(line: str) -> int | None:
    """Which form of numbered heading the line has, if any: `第一章 总则` → 0, `一、背景` → 1.

    `（一）目标` → 2, and None for any other line.
    """
    line = line.strip()
    return next((kind for kind, form in enumerate(_NUMBERED) if form.match(line)), None)


def is_blank(line: str) -> bool:
    """Whether nothing of the line can be seen (white space, zero-width marks)."""
    return not line.strip("\ufeff\u200b\u200c\u200d\u2060 \t\u3000\u00a0") or line.isspace()
