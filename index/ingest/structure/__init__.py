"""Find the structure of texts: shapes of lines, dates, bylines, headings, tables.

What is boilerplate is left to `boilerplate`, reading files to `formats`. Start reading at
`line_shapes.py`.
"""
