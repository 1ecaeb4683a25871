"""Evaluation on questions with known answers.

`suite` reads the files to ask. `judge_cases` judges question lines over the user's own store. The
rest scores SQuAD-style reading sets: `squad` reads one, `temporary_store` indexes its contexts,
`run` asks, `metrics` and `scores` compute, `render`, `html_report` and `charts` present.
"""
