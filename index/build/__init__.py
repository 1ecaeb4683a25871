"""From files to a new generation: scan, read, process, write, verify, gate; and single edits.

Start with `builder` (a whole rebuild) and `session` (one writer's turn, from lock to report).
Reading the bytes of a file is in `index.ingest`, what lies on disk in `index.store`.
"""
