"""The structure of texts: shapes of lines, dates, bylines, headings, tables, blocks of HTML.

`boilerplate` judges the lines, `formats` reads the files. Start reading at `line_shapes.py`.
"""
