"""Yiju's retrieval beside txtai, Haystack, bm25s and LlamaIndex: `make peers` prints the figures.

All index the same passages, which Yiju's splitter makes, and find the same questions, each in a
process of its own with one thread. `collections_of_passages` makes passages and questions,
`systems` names what is measured, `with_…` are the libraries, `worker` is the process of one of
them, `turns` has them build and find in turns, `figures` and `tables` compute and print.

A peer sees passages and the words of questions, never the answers. Its settings are its own
defaults, or those that its documentation names for our encoder and for segmented Chinese: no
figure of these sets chose one.
"""
