"""How much of documents is read: `python -m bench.documents` looks for 2,160 facts in 216 of them.

`facts` has what is to be found and reads it from `tests/data/documents`. A fact is a claim about
the text that a system makes of its document: `cells`, `notes` and `claims` have the kinds, and each
says of a `ReadText` whether it holds there. `systems` reads the documents with Yiju and with other
readers; `scores` counts.
"""
