"""Find article files under paths and in archives, and decode their bytes.

Turning the text into articles is left to `formats`. Start reading at `files.py`.
"""
