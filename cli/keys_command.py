"""The command `keys`: makes the keys that let callers in, lists and revokes them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import JSON, STORE, load_settings, plain_errors
from cli.output import note, print_result, printable
from index.access.access_key import AccessKey, Right

if TYPE_CHECKING:
    from index.access.key_file import KeyFile

_DAYS = re.compile("([1-9][0-9]{0,4})d")
_RIGHTS = [right.label for right in Right if right is not Right.NONE]


def _instant(
    context: click.Context, parameter: click.Parameter, given: str | None
) -> datetime | None:
    """Convert `--expires`: days from now, or the end of a day."""
    if given is None:
        return None
    now = datetime.now(UTC).replace(microsecond=0)
    if match := _DAYS.fullmatch(given):
        return now + timedelta(days=int(match[1]))
    try:
        ends = datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        wrong = f"“{given}” is neither a day, as 2027-03-31, nor days, as 90d."
        raise click.BadParameter(wrong, context, parameter) from None
    if ends <= now:
        raise click.BadParameter(f"{given} is over.", context, parameter)
    return ends


@click.group()
def keys() -> None:
    """Make, list and revoke the keys that let programs and people in."""


@keys.command()
@click.argument("name")
@click.option(
    "--right",
    type=click.Choice(_RIGHTS),
    default="ask",
    show_default=True,
    help="What it allows; each right includes those before it.",
)
@click.option(
    "--expires",
    metavar="DAY",
    callback=_instant,
    help="Last day (2027-03-31, UTC) or days from now (90d).",
)
@STORE
@JSON
@plain_errors
def add(name: str, right: str, expires: datetime | None, store: Path | None, json: bool) -> None:
    """Make a key called NAME and print it. It is shown now only."""
    key, secret = _file(store).add(name, Right[right.upper()], expires)
    values = {"key": secret, **_described(key)}
    print_result(values, secret, json)
    note(f"This key of “{name}” may {right}. Keep it: it can't be shown again.")


@keys.command(name="list")
@STORE
@JSON
@plain_errors
def list_keys(store: Path | None, json: bool) -> None:
    """List the keys: what they begin with, their rights, when they were made and last used."""
    from index.access.access_state import AccessState

    file = _file(store)
    uses = AccessState(file.path.parent).last_uses()
    known = list(file.keys().values())
    described = [{**_described(key), "last_used_at": _last(uses.get(key.id))} for key in known]
    text = _table(described) if known else "There are no keys. Make one with: yiju keys add NAME"
    print_result({"keys": described}, text, json)


@keys.command()
@click.argument("key")
@STORE
@plain_errors
def revoke(key: str, store: Path | None) -> None:
    """Delete KEY, by its name or by what it begins with; it is refused at once."""
    revoked = _file(store).revoke(key)
    click.echo(f"{revoked.id} of “{printable(revoked.name)}” is revoked.")


def _file(store: Path | None) -> "KeyFile":
    from index.access.key_file import KeyFile

    return KeyFile(load_settings(store).store)


def _described(key: AccessKey) -> dict[str, Any]:
    expires = key.expires_at.isoformat() if key.expires_at else None
    return {
        "id": key.id,
        "name": key.name,
        "right": key.right.label,
        "made_at": key.made_at.isoformat(),
        "expires_at": expires,
    }


def _last(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).isoformat()


def _table(described: Sequence[dict[str, Any]]) -> str:
    rows = [("key", "right", "made", "last used", "expires", "name")]
    rows += [
        (
            key["id"],
            key["right"],
            _minute(key["made_at"]),
            _minute(key["last_used_at"]) or "never",
            _minute(key["expires_at"]) or "never",
            printable(key["name"]),
        )
        for key in described
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in rows
    )


def _minute(instant: str | None) -> str:
    """Return an instant as people read it: `2026-11-27 09:12`."""
    return instant[:16].replace("T", " ") if instant else ""
