"""Dense retrieval: unit vectors of passages, and the engines that search them.

`dense_index` has the protocol, `vectors` implements it with FAISS, exactly or by `codes` first;
`engine` chooses by size and by the recall it measures.
"""
