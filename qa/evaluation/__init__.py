"""Evaluation: how well questions with known answers are answered.

`exam` reads what is to be asked. `lines` judges question lines over the user's own store. The rest
measures reading sets (SQuAD-style JSON): `reading_set` reads one, `shelf` makes a temporary store
of its contexts, `asking` asks, `metrics` measures, `figures` counts, `shapes` tells it as JSON and
as lines, `report` and `charts` as a page.
"""
