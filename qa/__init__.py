"""Answer questions from retrieved passages, with citations.

Retrieval is left to `index`, HTTP to `web`. Start with `answerer`.
"""
