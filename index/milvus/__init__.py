"""Index versions in Milvus, for machines that share no disk: published by one, served by many.

Start at `publisher` (writes) and `followed_alias` (reads). All calls of pymilvus are in
`milvus_server`. An index version is two collections, found by their names:

    yiju_g000007_1a2b3c4d           a row for each passage: vector, weights of its terms, text
    yiju_g000007_1a2b3c4d_records   texts by key: articles, terms, and last of all the manifest
    yiju_current                    an alias of the first, moved by one call
"""
