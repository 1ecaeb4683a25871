"""Fetch web pages on request, with SSRF protection, limits on time and size, and good manners.

Turning a page into an article is left to `index.ingest`. Start reading at `fetch.py`: one page;
`crawler.py` is many, `guarded_network.py` the check of every host before it is connected to,
`robots.py` and `host_turns.py` what a site asks for.
"""
