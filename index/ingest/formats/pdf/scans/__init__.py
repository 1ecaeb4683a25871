"""Scans: pages of a PDF that are pictures, and picture files, read by OCR where a user asks for it.

`scanned_pages.py` makes pages of what was recognised, so that the PDF reader's layout puts their
lines in order; `read_picture.py` does so with the picture files that `picture_files.py` opens.
"""
