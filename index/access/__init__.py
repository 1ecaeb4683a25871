"""Access keys of a store, and what a server remembers of those who come: no secret is stored.

Start reading at `KeyFile` in `key_file.py`. `access_key.py` has the form of a key,
`access_state.py` sessions, counters and last uses, which a server may lose.
"""
