"""Articles as Markdown, and `/llms.txt`, for language models and programs that read it.

`escaped_text.py` makes any text data, `article_markdown.py` writes an article, `llms_routes.py`
serves what says how to ask this server.
"""
