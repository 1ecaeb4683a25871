"""The library: articles, passages, vectors and which index version has which, in SQLite.

It is what can't be derived; all its SQL is here. Start with `library_file`, which a rebuild writes,
and `catalogue`, which a server reads.
"""
