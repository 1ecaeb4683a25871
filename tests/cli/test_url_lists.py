"""The options about lists of web addresses, as a user gives them."""

import json
from pathlib import Path

from tests.conftest import run_yiju
from tests.support.command_line_index import CommandLineIndex
from tests.support.feeds.feed_documents import rss
from tests.support.feeds.news_site import News
from tests.support.hostile.servers import rules

PRIVATE = {"YIJU_FETCH_PRIVATE": "true"}


def test_a_feed_is_rebuilt_from_by_the_options_and_again_without_them(tmp_path: Path) -> None:
    index = CommandLineIndex(tmp_path)
    listed = tmp_path / "feeds.txt"
    with News() as site:
        listed.write_text(site.at("/feed"), encoding="utf-8")
        site.serve("/feed", rss(site.entries(1, 2, 3)))
        site.answers["/robots.txt"] = rules("User-agent: *", "Disallow: /")
        feed, options = site.at("/feed"), ("--max-pages", 2, "--delay", 0, "--ignore-robots")
        done = index.run("rebuild", "--urls", listed, *options, **PRIVATE)
        assert (done.returncode, done.stderr) == (0, "")
        note = f"  {feed}: 3 listed, the newest 2 taken, 2 new, 0 unchanged\n"
        assert note in done.stdout
        done = index.run("rebuild", "--json", **PRIVATE)
        report = json.loads(done.stdout)
        assert report["notes"] == [f"{feed}: 3 listed, the newest 2 taken, 0 new, 2 unchanged"]
        assert (report["failed"], report["unchanged"]) == ([], 2)


def test_options_about_lists_need_a_list(tmp_path: Path) -> None:
    for options in (("--max-pages", 7), ("--delay", 2), ("--ignore-robots",)):
        done = run_yiju("rebuild", tmp_path, *options, "--store", tmp_path / "store")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith(
            "Error: --max-pages, --delay and --ignore-robots are for lists of web addresses: name "
            "these with --urls.\n"
        )
