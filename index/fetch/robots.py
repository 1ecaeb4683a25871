"""What a site's robots.txt allows, as RFC 9309 has it. Parsing is left to protego.

Fetching it is left to `fetch`. Python's own `urllib.robotparser` takes the first rule that fits
instead of the longest, and knows no `*` and `$` in a path.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

from index.errors import ArticleError
from index.fetch.exchange import AGENT, HttpReply
from index.fetch.guarded_network import HostError
from index.fetch.host_turns import HostBusyError

MOST_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB
# Crawlers named, times rules: protego keeps every rule for each crawler of its group.
_MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site; without any, all is allowed."""

    rules: Protego = field(default_factory=Protego)

    def check(self, url: str) -> None:
        """Refuse a URL that the site forbids.

        Raises:
            ArticleError: it does.
        """
        if not self.rules.can_fetch(url, AGENT):
            raise ArticleError(
                f"is not fetched: robots.txt of {urlsplit(url).netloc} forbids it. If the site is "
                "your own: yiju rebuild --urls FILE --ignore-robots"
            )

    @property
    def delay(self) -> float:
        """The seconds between two requests that the site asks for."""
        return self.rules.crawl_delay(AGENT) or 0.0


def robots_of(reply: HttpReply) -> Robots:
    """Return the rules in a reply to the request for robots.txt; none if there is no such file.

    Raises:
        ArticleError: the server is in trouble, or the file is beyond a bound; then all is
            forbidden.
    """
    if reply.status // 100 == 2:
        return _parsed(reply.read_start(MOST_BYTES).decode("utf-8-sig", "replace"))
    if reply.status // 100 == 4 and reply.status != 429:
        return Robots()
    raise ArticleError(f"was answered with “{reply.label}”; try again later.")


def _parsed(text: str) -> Robots:
    lines = [line.strip().lower() for line in text.splitlines()]
    crawlers = sum(line.startswith("user") for line in lines)
    if crawlers * len(lines) > _MOST_PAIRS:
        raise ArticleError("names too many crawlers and rules to be read.")
    return Robots(Protego.parse(text))


@dataclass(slots=True)
class _Known:
    """What is known of one site's robots.txt: its rules, or why all is forbidden."""

    lock: Lock = field(default_factory=Lock)
    outcome: Robots | str | None = None


class RobotsFiles:
    """The rules of all sites that a rebuild has met, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], _Known] = {}
        self._lock = Lock()

    def of(self, url: str, private_allowed: bool, load: Callable[[str], Robots]) -> Robots:
        """Return the rules of a URL's site; `load` returns those at the URL of a robots.txt.

        Raises:
            ArticleError: they can't be had, so that nothing may be fetched.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._known.setdefault((origin, private_allowed), _Known())
        with known.lock:
            if known.outcome is None:
                known.outcome = _loaded(f"{origin}/robots.txt", load)
        if isinstance(known.outcome, str):
            raise ArticleError(known.outcome)
        return known.outcome


def _loaded(url: str, load: Callable[[str], Robots]) -> Robots | str:
    try:
        return load(url)
    except HostError as error:
        return str(error)
    except HostBusyError:
        raise  # it is asked for again, when the host has had its rest
    except ArticleError as error:
        return f"is not fetched: robots.txt of {urlsplit(url).netloc} {error}"
