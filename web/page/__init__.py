"""The page: its document, its files, what makes it an app, and its widget.

Start reading at `page_routes.py`; `static_files.py` serves scripts and styles.
"""
