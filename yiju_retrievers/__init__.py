"""Retrievers of other libraries over a `Library`: each module needs the extra of its name.

`langchain.py`, `llama_index.py` and `haystack.py` make documents of passages; `found_passages.py`
is what they share.
"""
