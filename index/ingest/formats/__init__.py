"""Readers of the file formats: each turns a file's bytes into an `Article`.

`draft.py` is common to those with markup (`html`, `markdown`, `docx`, `pdf`); `plain` and `jsonl`
need none. Which reader a file gets is left to `ingest/read.py`, what is boilerplate to
`ingest/boilerplate`. Start reading at `plain.py`, the shortest.
"""
