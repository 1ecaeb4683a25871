"""Reader of Markdown.

`read_markdown.py` makes the article; `front_matter.py` reads what a file says of itself at its top,
`markdown_blocks.py` makes lines of blocks, `markdown_words.py` words of lines, and
`markdown_notes.py` puts notes below what calls them.
"""
