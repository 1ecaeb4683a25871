"""PDF reader: from positioned characters to the lines, paragraphs and tables of a page.

pdfium runs in a process of its own: `worker.py` there, `process.py` here. Finding title, byline and
sections in the lines is left to `formats/draft.py`. Start reading at `read_pdf.py`.
"""
