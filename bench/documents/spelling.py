"""Texts in a common spelling, so that only what they say is compared.

Readers write the same dash, tick or raised figure in several ways, and mark text up in Markdown or
HTML. None of this counts.
"""

import html
import re
import unicodedata

_ALIKE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣", "-")
    | dict.fromkeys("“”„‟″「」『』", '"')
    | dict.fromkeys("‘’‚‛′", "'")
    # Marks of Markdown, and those that take no room.
    | dict.fromkeys("*_`\\^~\u200b\u200c\u200d\ufeff\u00ad")
)
_TICKED = re.compile(r"\[[xX]\]|[☒☑✓✔√■]")
_OPEN = re.compile(r"\[ \]|[□▢]")
_SPACES = re.compile(r"[ \t]+")
_WHITE = re.compile(r"\s+")

_READING = re.compile(r"<rp>.*?</rp>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(
    r"</?(?:sup|sub|b|i|u|strong|em|span|font|a|code|mark|small|ruby|rb|del|s|kbd|p|div|ins)"
    r"(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)\s]*(?:\s\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s\"[^\"]*\")?\)")
_REFERENCE = re.compile(r"\[([^\[\]^][^\[\]]*)\]\[[^\[\]]*\]")
_RAISED = re.compile(r"\$[\^_]\{?([^${}]{1,8})\}?\$")


def alike(text: str) -> str:
    """Return a text in the common spelling, its words still apart.

    >>> alike("５—８　「吨」 [x]**是**")
    '5-8 "吨" ☑是'
    """
    text = unicodedata.normalize("NFKC", text)
    text = _OPEN.sub("☐", _TICKED.sub("☑", text))
    return _SPACES.sub(" ", text.translate(_ALIKE))


def folded(text: str) -> str:
    """Return a text in the common spelling without white space.

    >>> folded("第 3 条： “归档”")
    '第3条:"归档"'
    """
    return _WHITE.sub("", alike(text))


def without_markup(text: str) -> str:
    """Return a text without tags within its lines, and links and pictures as their words.

    >>> without_markup('3.4×10<sup>6</sup> 见[表1](#t1 "表")')
    '3.4×106 见表1'
    """
    text = _COMMENT.sub("", _BREAK.sub(" ", _READING.sub("", text)))
    text = html.unescape(_INLINE.sub("", text))
    text = _LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    return _RAISED.sub(r"\1", _REFERENCE.sub(r"\1", text))
