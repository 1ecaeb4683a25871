"""Rank sentences as evidence and estimate the confidence of the first.

Reading spans is left to `qa.reader`, wording the answer to `qa.replies`. Start with
`sentence_ranker`.
"""
