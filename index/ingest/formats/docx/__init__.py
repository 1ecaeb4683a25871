"""Word document (.docx) reader: from XML to paragraphs, headings, lists and tables.

python-docx opens the package, `safe_zip` bounds it; finding title, byline and sections in the lines
is left to `formats/draft.py`. Start reading at `read_docx.py`.
"""
