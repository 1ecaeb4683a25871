"""Evaluation: how well questions with known answers are answered.

`lines` judges question lines over the user's own store. The rest measures reading sets (SQuAD-style
JSON): `reading_set` reads one, `shelf` makes a store of its contexts, `asking` asks, `metrics` and
`figures` count, `report` draws. Between them they keep what `Outcome` holds, and nothing else.
"""

from qa.evaluation.lines import Case, Result, evaluate, figures, read_cases

__all__ = ["Case", "Result", "evaluate", "figures", "read_cases"]
