"""Read a mail (.eml) with the standard library: head, text, and the files attached."""

import email
import email.policy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

from index.article import Article, unread_of
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.page_lines import page_lines
from index.ingest.sources.encoding import decode
from index.ingest.structure.properties import author_in, day_in

_PEOPLE = ("From", "To", "Cc")
_MOST_PARTS = 1000
_LONGEST_HEAD = 50_000  # characters: to a thousand recipients
# What the standard library raises for odd heads, and for parts that are nested too deeply.
_BUGS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is attached to a mail."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What a mail is made of: lines of its head, its text in two forms, and the other parts."""

    subject: str
    sender: str
    date: str
    people: tuple[str, ...]
    page: bytes
    plain: bytes
    charset: str | None
    attached: tuple[Attachment, ...]
    unread: Counter[str]


def read_mail(file_id: str, data: bytes) -> tuple[Article, Sequence[Attachment]]:
    """Return the article in a mail, and the files attached to it.

    Raises:
        ArticleError: it is no mail, or too much of it.
    """
    try:
        mail = _parsed(data)
    except _BUGS as error:
        raise ArticleError("is damaged; save it anew as .eml.") from error
    article = article_of_draft(
        Draft(
            id=file_id,
            lines=(
                DraftLine(""),
                *(DraftLine(line, protected=True) for line in mail.people),
                DraftLine(""),
                *_text_lines(mail),
            ),
            title=" ".join(mail.subject.split()),
            published=_day(mail.date),
        )
    )
    author = article.author or author_in(mail.sender)
    return replace(article, author=author, unread=unread_of(mail.unread)), mail.attached


def _parsed(data: bytes) -> _Parsed:
    message = email.message_from_bytes(data, policy=email.policy.default)
    _check_heads(message)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
        raise ArticleError("is no mail: it has neither a sender nor a subject.")
    page, plain = message.get_body(("html",)), message.get_body(("plain",))
    others = [part for part in _leaves(message) if part is not page and part is not plain]
    if len(others) > _MOST_PARTS:
        raise ArticleError(f"holds more than {_MOST_PARTS:,} parts; save what you need of it.")
    sender = getaddresses([str(message["From"] or "")])
    attached, unread = _attached(others)
    return _Parsed(
        subject=str(message["Subject"] or ""),
        sender=sender[0][0] if sender else "",
        date=str(message["Date"] or ""),
        people=tuple(_people(message)),
        page=_bytes(page),
        plain=_bytes(plain),
        charset=None if plain is None else plain.get_content_charset(),
        attached=tuple(attached),
        unread=unread,
    )


def _check_heads(message: MIMEPart) -> None:
    """Refuse a line of a head that would take minutes: time grows with the square of it."""
    for part in islice(message.walk(), _MOST_PARTS):
        if any(len(value) > _LONGEST_HEAD for _, value in part.raw_items()):
            raise ArticleError(f"has a line of more than {_LONGEST_HEAD:,} characters in its head.")


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """Yield the parts of a mail that have no parts; a mail within it is one."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inner in part.iter_parts():
            yield from _leaves(inner)
    else:
        yield part


def _people(message: EmailMessage) -> Iterator[str]:
    for name in _PEOPLE:
        people = getaddresses([str(value) for value in message.get_all(name, [])])
        named = [f"{person} <{address}>" if person else address for person, address in people]
        if any(named):
            yield f"{name}: {', '.join(filter(None, named))}"


def _attached(parts: Sequence[MIMEPart]) -> tuple[list[Attachment], Counter[str]]:
    """Return the attached files that have a name; other parts are counted."""
    attached: list[Attachment] = []
    unread: Counter[str] = Counter()
    for part in parts:
        name = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
        if part.get_content_maintype() == "message":
            unread["attached mail"] += 1
        elif part.get_content_maintype() == "image":
            unread["picture"] += 1
        elif name and name.isprintable():
            attached.append(Attachment(name, _bytes(part)))
        else:
            unread["attachment"] += 1
    return attached, unread


def _text_lines(mail: _Parsed) -> Iterator[DraftLine]:
    """Yield the lines of a mail's page where it has a table or is all there is, else its text."""
    if mail.page and (b"<table" in mail.page.lower() or not mail.plain.strip()):
        yield from page_lines(mail.page)
    else:
        for line in decode(mail.plain, mail.charset).split("\n"):
            yield DraftLine(line.strip())


def _bytes(part: MIMEPart | None) -> bytes:
    payload = None if part is None else part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _day(date: str) -> str | None:
    try:
        return day_in(parsedate_to_datetime(date))
    except (TypeError, ValueError):  # there is none, or it is no date
        return None
