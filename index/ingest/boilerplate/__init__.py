"""Separate articles from boilerplate, by a classifier of lines or by rules for the edges of a text.

The classifier handles Chinese web pages and scrapes of them, `edge_rules` all other texts. Lines
that recur in many articles are left to `index.build`. Start reading at `classify.py`.
"""
