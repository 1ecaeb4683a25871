"""What webhooks are told: rebuilds that ended, and questions without a sure answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from index.errors import ArticleError, BusyError, NoPathError, UsageError, YijuError
from index.fetch.urls import normalise_url
from index.settings import Settings
from index.webhooks.attempt import SignedPost
from index.webhooks.event import Event
from index.webhooks.webhooks import Webhooks

if TYPE_CHECKING:  # a rebuild that makes no suggestions starts in two thirds of the time without qa
    from index.build.report import Report
    from python_api.rebuilding import RebuildRequest
    from qa.feedback.asked_answer import AskedAnswer


def webhooks_of(settings: Settings) -> Webhooks:
    """Return the webhooks that the settings name; there may be none.

    Raises:
        UsageError: an address is none.
    """
    addresses = []
    for address in settings.listed_webhooks:
        try:
            addresses.append(normalise_url(address))
        except ArticleError as error:
            raise UsageError(f"An address in YIJU_WEBHOOKS does not fit: it {error}") from error
    attempt = SignedPost(settings.webhook_secret, private_allowed=settings.webhook_private)
    return Webhooks(addresses, attempt)


def rebuild_told(
    request: "RebuildRequest", rebuild: "Callable[[], Report]", webhooks: Webhooks
) -> "Report":
    """Rebuild, and tell webhooks how it ended, unless it is dry or could not even begin.

    Raises:
        YijuError: as the rebuild does.
    """
    if request.dry_run:
        return rebuild()
    try:
        report = rebuild()
    except (BusyError, NoPathError):
        raise
    except Exception as error:
        reason = error.public if isinstance(error, YijuError) else type(error).__name__
        webhooks.tell(Event.of("rebuild.failed", {"reason": reason}))
        raise
    figures = {
        "index_version": report.index_version,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "failures": len(report.failed),
        "passages": report.passages,
        "seconds": report.seconds,
    }
    webhooks.tell(Event.of("rebuild.finished", figures))
    return report


def unanswered_event(asked: "AskedAnswer", *, with_text: bool) -> Event:
    """Return the event of a question without a sure answer, with its text if that is kept."""
    known = {
        "answer_id": asked.id,
        "question": asked.question if with_text else None,
        "language": asked.language.value,
        "confidence": asked.confidence,
        "is_possible": asked.best is not None,
        "index_version": asked.index_version,
    }
    return Event.of("question.unanswered", known)
