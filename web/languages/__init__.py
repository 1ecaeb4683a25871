"""What the server says of failures, in the language of who reads it.

Start reading at `phrasebook.py`. Each `*.json` has the translations of the English sentences, in
which `{}` stands for what differs.
"""
