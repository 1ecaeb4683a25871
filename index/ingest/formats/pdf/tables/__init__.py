"""Tables of a PDF page: cells from drawn lines, or from words that stand below each other.

`ruled_tables.py` reads tables whose cells are drawn. All others are read by `open_tables.py`: their
columns (`open_columns.py`), header (`open_heads.py`) and rows (`open_rows.py`).
"""
