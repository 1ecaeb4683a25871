"""OpenDocument text (.odt) reader: a zip with one part of text, read with lxml.

odfpy builds a slow tree of Python objects of it, and is no longer kept up. `sources/office_package`
opens the zip within bounds; start reading at `read_odt.py`.
"""
