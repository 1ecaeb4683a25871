"""The options of `yiju rebuild` that name lists of web addresses, and say how they are fetched."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cli.options import URLS
from index.library.rebuild_state import ListRules, Root

UrlLists = tuple[Root, ...]

_RULES = ListRules()


def with_url_lists(command: Callable[..., None]) -> Callable[..., None]:
    """Decorate a command to be given `lists`, those that the user names with their rules."""

    @URLS
    @click.option(
        "--max-pages",
        type=click.IntRange(1),
        default=_RULES.max_pages,
        show_default=True,
        help="With --urls: pages of each feed or sitemap, the newest ones.",
    )
    @click.option(
        "--delay",
        type=click.FloatRange(0, 60),
        default=_RULES.delay,
        show_default=True,
        help="With --urls: seconds between two requests to a host.",
    )
    @click.option(
        "--ignore-robots",
        is_flag=True,
        help="With --urls: fetch what robots.txt forbids, on a site of your own.",
    )
    @wraps(command)
    def run_with_lists(
        urls: tuple[Path, ...],
        max_pages: int,
        delay: float,
        ignore_robots: bool,
        **options: Any,  # noqa: ANN401 - those of the command
    ) -> None:
        rules = ListRules(max_pages, delay, ignore_robots)
        if rules != _RULES and not urls:
            raise click.UsageError(
                "--max-pages, --delay and --ignore-robots are for lists of web addresses: name "
                "these with --urls."
            )
        command(lists=tuple(Root(path, rules) for path in urls), **options)

    return run_with_lists
