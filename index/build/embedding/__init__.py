"""Embed passages on many machines: each writes a file of vectors, which a rebuild takes in.

Start with `embed_shard` (writing one) and `vector_file` (its format).
"""
