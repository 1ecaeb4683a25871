"""Understand a question: language, answer type, required entities, history, parties.

Start with `understand`; `rewrite` makes follow-ups stand alone, `decompose` splits parties.
"""
