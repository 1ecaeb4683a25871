"""Texts and JSON of what commands print: answers, evaluations, questions that were kept, notices."""
