"""Feeds and sitemaps: what stands in a list of addresses for the pages that it lists.

Start reading at `read_feed.py`: bytes to a `Feed`. Fetching is left to `index.fetch`, and
deciding which of the pages to fetch to `index.build`.
"""
