"""Text itself: folding, numbers, terms, sentences, passages, abbreviations, near-duplicates.

Start at `folding` and `analyzer`, which indexing and questions share. Nothing here knows of files,
articles or the store.
"""
