"""Read a mail (.eml) with the standard library: head, text, and the files attached."""

import email
import email.policy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parsedate_to_datetime

from index.article import Article, unread_of
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.page_lines import page_lines
from index.ingest.sources.encoding import decode
from index.ingest.structure.properties import author_in, day_in

_PEOPLE = ("From", "To", "Cc")
_MOST_PARTS = 1000
# What the standard library raises for odd heads and for parts nested too deeply.
_BUGS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is attached to a mail."""

    name: str
    data: bytes


def read_mail(file_id: str, data: bytes) -> tuple[Article, Sequence[Attachment]]:
    """Return the article in a mail, and the files attached to it.

    Raises:
        ArticleError: it is no mail, or too much of it.
    """
    try:
        return _article(file_id, data)
    except _BUGS as error:
        raise ArticleError("is damaged; save it anew as .eml.") from error


def _article(file_id: str, data: bytes) -> tuple[Article, Sequence[Attachment]]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Subject"]):
        raise ArticleError("is no mail: it has neither a sender nor a subject.")
    parts = [part for part in message.walk() if not part.is_multipart()]
    if len(parts) > _MOST_PARTS:
        raise ArticleError(f"holds more than {_MOST_PARTS:,} parts; save what you need of it.")
    body = message.get_body(("html", "plain"))
    plain = message.get_body(("plain",))
    lines = list(_body_lines(body, plain))
    sender = getaddresses([str(message["From"] or "")])
    article = article_of_draft(
        Draft(
            id=file_id,
            lines=(*_head(message), DraftLine(""), *lines),
            title=" ".join(str(message["Subject"] or "").split()),
            published=_day(message),
        )
    )
    attached, unread = _attached(message, (body, plain))
    author = article.author or author_in(sender[0][0] if sender else None)
    return replace(article, author=author, unread=unread_of(unread)), attached


def _head(message: EmailMessage) -> Iterator[DraftLine]:
    yield DraftLine("")
    for name in _PEOPLE:
        people = getaddresses([str(value) for value in message.get_all(name, [])])
        shown = [f"{person} <{address}>" if person else address for person, address in people]
        if any(shown):
            yield DraftLine(f"{name}: {', '.join(filter(None, shown))}", protected=True)


def _body_lines(body: MIMEPart | None, plain: MIMEPart | None) -> Iterator[DraftLine]:
    """Yield the lines of the page that a mail shows where it has a table, else of its text."""
    page = b"" if body is None or body is plain else _bytes(body)
    if page and (plain is None or b"<table" in page.lower() or not _bytes(plain).strip()):
        yield from page_lines(page)
    elif plain is not None:
        for line in _text(plain).split("\n"):
            yield DraftLine(line.strip())


def _attached(
    message: EmailMessage, shown: Sequence[MIMEPart | None]
) -> tuple[list[Attachment], Counter[str]]:
    """Return the attached files that have a name; other parts are counted."""
    attached: list[Attachment] = []
    unread: Counter[str] = Counter()
    for part in message.iter_attachments() if message.is_multipart() else ():
        name = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
        if part in shown or (part.get_content_type() in ("text/plain", "text/html") and not name):
            continue
        if part.get_content_type() == "message/rfc822":
            unread["attached mail"] += 1
        elif name and name.isprintable() and not part.is_multipart():
            attached.append(Attachment(name, _bytes(part)))
        else:
            unread["picture" if part.get_content_maintype() == "image" else "attachment"] += 1
    return attached, unread


def _bytes(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: MIMEPart) -> str:
    """Return a part's text, by the charset it declares if that is right."""
    return decode(_bytes(part), part.get_content_charset())


def _day(message: EmailMessage) -> str | None:
    try:
        return day_in(parsedate_to_datetime(str(message["Date"])))
    except (TypeError, ValueError):  # there is none, or it is no date
        return None
