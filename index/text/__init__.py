"""Text itself: folding, numbers, terms, sentences, passages, abbreviations, near-duplicates.

Start at `folding` and `analyzer`, which both indexing and questions use; articles and files are
beyond this package.
"""
