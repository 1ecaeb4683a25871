"""How much of scanned pages is read right, and what it costs: `python -m bench.ocr` prints both.

`scanned_page` draws pages of text, and scans them as an office does.
"""
