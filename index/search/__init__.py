"""One generation open for reading: candidates by dense and lexical retrieval, ranked.

Start at `searcher`; `live` follows the current generation. Files are written by `index.build`.
"""
