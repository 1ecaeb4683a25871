"""The articles of one generation: filtered, searched by words, sorted, counted, shown in snippets.

Start at `article_finder`; `article_table` holds in memory what all of it needs. Passages for a
question are found in `index.search`.
"""
