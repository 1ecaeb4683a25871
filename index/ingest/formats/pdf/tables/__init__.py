"""Tables of a PDF page: cells from drawn lines, or from words that stand below each other.

`ruled_tables.py` reads tables whose cells are drawn, the package `open` all others.
`continued_tables.py` puts the parts together that pages part.
"""
