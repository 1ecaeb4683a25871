"""Retrieval: articles in, passages out.

`ingest` reads articles, `build` makes an index of them, `watch` does so whenever they change,
`store` is what lies on disk, `search` finds passages; `text` and `models` serve all of these, `qa`
makes answers of passages. Start with `article` (the values), then `build.builder` and
`search.searcher`.
"""
