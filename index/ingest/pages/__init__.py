"""Find the structure of web pages: their visible lines, lists, tables and raised characters.

Which lines are the article is left to `boilerplate`. Start reading at `html_blocks.py`.
"""
