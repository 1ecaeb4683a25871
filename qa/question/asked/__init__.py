"""Tell the answer type of a question: what kind of thing it asks for.

Start with `asked_type`: patterns of question words first, then the noun that is asked for.
"""
