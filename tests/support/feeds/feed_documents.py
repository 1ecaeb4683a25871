"""Feeds made by feedgen, and sitemaps and JSON Feeds made by the libraries of their formats."""

import gzip
import json
from collections.abc import Sequence

from feedgen.feed import FeedGenerator
from lxml import etree

from index.feeds.feed import FeedEntry

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LONG_AGO = "2000-01-01T00:00:00Z"


def generator(entries: Sequence[FeedEntry]) -> FeedGenerator:
    """Return a feed of entries, in their order."""
    feed = FeedGenerator()
    feed.id("http://feed.test/")
    feed.title("一个来源")
    feed.link(href="http://feed.test/", rel="alternate")
    feed.description("说明")
    feed.updated(_LONG_AGO)
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(entry.address)
        item.title(entry.title or "无题")
        item.link(href=entry.address)
        item.content("正文不用。", type="CDATA")
        item.updated(entry.updated or _LONG_AGO)
        if entry.published:
            item.published(f"{entry.published}T00:00:00Z")
        if entry.author:
            item.author(name=entry.author, email="a@feed.test")
    return feed


def atom(entries: Sequence[FeedEntry]) -> bytes:
    """Return an Atom feed."""
    return bytes(generator(entries).atom_str())


def rss(entries: Sequence[FeedEntry]) -> bytes:
    """Return an RSS 2.0 feed."""
    return bytes(generator(entries).rss_str())


def json_feed(entries: Sequence[FeedEntry]) -> bytes:
    """Return a JSON Feed."""
    items = [
        {
            "id": entry.address,
            "url": entry.address,
            "title": entry.title,
            "date_modified": entry.updated or None,
            "date_published": entry.published or None,
            "authors": [{"name": entry.author}] if entry.author else [],
        }
        for entry in entries
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "来源", "items": items}
    return json.dumps(feed, ensure_ascii=False).encode()


def sitemap(entries: Sequence[FeedEntry]) -> bytes:
    """Return a sitemap."""
    return _document("urlset", "url", entries)


def sitemap_index(entries: Sequence[FeedEntry]) -> bytes:
    """Return an index of sitemaps."""
    return _document("sitemapindex", "sitemap", entries)


def packed(document: bytes) -> bytes:
    """Return a document as `.gz`."""
    return gzip.compress(document)


def bomb(root: str, body: str) -> bytes:
    """Return a document whose entities expand to three billion characters: `&lol9;`."""
    entities = "".join(
        f'<!ENTITY lol{at} "{f"&lol{at - 1};" * 10 if at else "lol"}">' for at in range(10)
    )
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{entities}]><{root}>{body}</{root}>".encode()


def _document(root: str, name: str, entries: Sequence[FeedEntry]) -> bytes:
    document = etree.Element(f"{{{_SITEMAPS}}}{root}")
    for entry in entries:
        item = etree.SubElement(document, f"{{{_SITEMAPS}}}{name}")
        etree.SubElement(item, f"{{{_SITEMAPS}}}loc").text = entry.address
        if entry.updated:
            etree.SubElement(item, f"{{{_SITEMAPS}}}lastmod").text = entry.updated
    return etree.tostring(document, xml_declaration=True, encoding="utf-8")
