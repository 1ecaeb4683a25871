"""Word document (.docx) reader: from XML to paragraphs, headings, lists and tables.

`sources/office_package` opens the package within bounds; finding title, byline and sections in the
lines is left to `formats/draft.py`. Start reading at `read_docx.py`.
"""
