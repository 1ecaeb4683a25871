"""Separates an article from the boilerplate around it: by rules at its edges, or by a classifier.

The classifier judges Chinese web pages and scrapes of them, `edge_rules` all other texts; lines
that recur in many articles are left to `index/build`. Start reading at `classify.py`.
"""
