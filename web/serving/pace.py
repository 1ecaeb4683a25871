"""How much, and for how long, the server holds for its clients."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of one server process."""

    connections: int = 1000
    idle: float = 60.0
    """Seconds that a connection may stay open without a request."""
    grace: float = 30.0
    """Seconds to send a request or to read an answer, whatever its size; see `Pace`."""
    rate: int = 20_000
    """Bytes that earn one more second."""
    head: int = 65_536
    """Bytes of a request's line and headers: the id of an article alone may have 9,000."""
    bodies: int = 100_000_000
    """Bytes of the bodies that are being received; what fits into `small_body` always may."""
    small_body: int = 65_536
    silence: float = 5.0
    """Seconds after which a stream that has nothing to say sends a comment."""
    answers: int = 64_000_000
    """Bytes of answers that wait for their readers."""


@dataclass(slots=True)
class Pace:
    """What has moved since when: each second of a transfer beyond its grace has to be earned."""

    began: float
    moved: int = 0

    def is_lost(self, now: float, bounds: Bounds) -> bool:
        """Return whether the client was too slow.

        >>> [Pace(0.0, moved).is_lost(31.0, Bounds()) for moved in (1, 40_000)]
        [True, False]
        """
        return now - self.began > bounds.grace + self.moved / bounds.rate
