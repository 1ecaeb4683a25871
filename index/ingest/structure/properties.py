"""Validate title, author and date in the properties of Word and PDF documents.

Programs fill them with defaults, such as `Microsoft Word - 文档1.doc`, `Administrator` or the date
of a template; these are rejected.
"""

import datetime
import re

from index.ingest.structure.dates import iso_of
from index.ingest.structure.line_shapes import width

_MAX_NAME_WIDTH = 60
_MAX_TITLE_WIDTH = 120
_MIN_YEAR = 1985  # before it no program wrote such properties
# The days of clocks that were never set, and of programs with reproducible output.
_UNSET_CLOCK_DAYS = frozenset({datetime.date(2000, 1, 1), datetime.date(1999, 12, 31)})
_DEFAULT_NAMES = frozenset(
    "administrator admin administrateur user users owner guest root test author unknown none null "
    "anonymous default windows pc home hp dell lenovo acer asus samsung apple microsoft wps office "
    "editor webmaster system python-docx reportlab openpyxl libreoffice adobe scanner "
    "管理员 系统管理员 用户 微软用户 微软中国 作者 匿名 佚名 未知 无 编辑 小编 站长 "
    "雨林木风 番茄花园 深度技术 电脑 计算机 个人用户 家庭用户 办公室电脑".split()
)
_PROGRAM = re.compile(
    r"microsoft|office user|windows user|\bwps\b|ms user|hewlett|lenovo|thinkpad|https?:|www\.|@"
    r"|^(?:pc|user|hp|dell|desktop|laptop)[-_\d]|\.(?:com|cn|net|org)\b|^[\W\d_]*$",
    re.IGNORECASE,
)
_UNTITLED = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|powerpoint|word|adobe|幻灯片)\b.{0,3}-"
    r"|\.(?:docx?|pdf|wps|rtf|odt|xlsx?|pptx?|indd|qxd|cdr|dwg|tex|txt|html?|tmp|jpe?g|png|tiff?)"
    r"\W*$|[/\\]\S+[/\\]|^[a-z]:\\|^file:|^https?:"
    r"|^(?:untitled|no title|无标题|未命名|未标题|无题|title|标题|document|文档|新建|scan(?:ned)?)"
    r"[\W\d_]*(?:document|文档|microsoft word 文档)?[\W\d_]*$"
    r"|^(?:word document|powerpoint presentation|slide|演示文稿|幻灯片)[\W\d]*$|^[\W\d_]*$"
    r"|^[\da-f-]{16,}$",
    re.IGNORECASE,
)
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")


def author_in(value: str | None) -> str | None:
    r"""Return an author's name on one line, None for a program's default.

    >>> author_in(" 张三\n"), author_in("Administrator")
    ('张三', None)
    """
    name = " ".join((value or "").split()).strip(" ,;，；、")
    fits = len(name) > 1 and width(name) <= _MAX_NAME_WIDTH and "\ufffd" not in name
    if not fits or not name.isprintable():
        return None
    default = name.lower() in _DEFAULT_NAMES or _PROGRAM.search(name) is not None
    return None if default else name


def title_in(value: str | None) -> str | None:
    """Return a title on one line, None for a file's name or a program's default.

    >>> title_in("城市报告"), title_in("Microsoft Word - 文档1.doc")
    ('城市报告', None)
    """
    title = " ".join((value or "").split())
    fits = len(title) > 1 and width(title) <= _MAX_TITLE_WIDTH and "\ufffd" not in title
    return title if fits and title.isprintable() and not _UNTITLED.search(title) else None


def day_in(value: datetime.datetime | None) -> str | None:
    """Return the date in ISO 8601, None for a future date or that of an unset clock."""
    if value is None or value.year < _MIN_YEAR or value.date() in _UNSET_CLOCK_DAYS:
        return None
    # A day of grace: the document may come from further east.
    latest = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    return value.date().isoformat() if value.date() <= latest else None


def pdf_day_in(value: str | None) -> str | None:
    """Return the date of a PDF's date string in ISO 8601.

    >>> pdf_day_in("D:20160930080000+08'00'")
    '2016-09-30'
    """
    match = _PDF_DATE.match(value or "")
    iso = iso_of(*match.groups()) if match and match[3] else None
    return day_in(datetime.datetime.fromisoformat(iso)) if iso else None
