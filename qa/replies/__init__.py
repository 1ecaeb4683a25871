"""Compose answers: a sentence, a list, conflicting figures, an article fact, a summary.

Ranking and confidence are left to `qa.evidence`. Start with `composer`.
"""
