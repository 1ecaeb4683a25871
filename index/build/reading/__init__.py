"""The articles of files and web pages for a rebuild: what is known, read anew, or fetched.

Start reading at `read_files.py` and `read_pages.py`; `prepare.py` has what comes of both, `plan.py`
what of it the store is to hold.
"""
