"""A language model rewrites follow-ups that Yiju's own rules leave as they are.

`follow_up_rewriter.py` asks it, `rewrite_check.py` decides whether what it wrote is the question.
"""
