"""Turn a question and the passages retrieved for it into an answer with citations.

Retrieval is left to `index`, HTTP to `web`. Start with `answerer`.
"""
