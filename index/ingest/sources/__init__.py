"""Where the bytes come from: files under paths, members of archives, and their encodings.

`formats` makes articles of the bytes. Start reading at `files.py`.
"""
