"""What webhooks tell: one event, written once for all attempts and addresses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: an id that all attempts share, its kind, and the body sent."""

    id: str
    kind: str
    body: str

    @classmethod
    def of(cls, kind: str, data: Mapping[str, object]) -> "Event":
        """Make the event of what happens now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        body = json.dumps({"type": kind, "timestamp": now, "data": data}, ensure_ascii=False)
        return cls(f"msg_{uuid4().hex}", kind, body)
