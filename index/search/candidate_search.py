"""Candidates of one generation: those of dense and of lexical retrieval, each sought by its engine.

Over many passages both are sought side by side, in two threads: neither engine holds the
interpreter while it works. Over few, to hand over to another thread takes what it saves.
"""

from concurrent.futures import ThreadPoolExecutor

from index.arrays import Int64Array
from index.search.generation import Generation
from index.search.lexical_index import LexicalQuery
from index.search.query import Query
from index.search.ranking import CandidateLists, Ranked

MANY = 250_000
"""Passages from which on both are sought side by side: each then takes about a millisecond."""


class CandidateSearch:
    """Search for candidates in a generation. Threads may share it."""

    def __init__(self, generation: Generation, many: int = MANY) -> None:
        """Take the number of passages from which on both are sought side by side."""
        self._generation = generation
        large = generation.manifest.passages >= many
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="words") if large else None

    def search(self, query: Query, k: int, allowed: Int64Array | None) -> CandidateLists:
        """Return the `k` best of each, among the passage numbers `allowed` or, if None, all."""
        weight = sum(query.weights.values())
        if self._beside is None:
            dense, lexical = self.dense(query, k, allowed), self.lexical(query, k, allowed)
            return CandidateLists(dense, lexical, weight)
        words = self._beside.submit(self.lexical, query, k, allowed)
        dense = self.dense(query, k, allowed)
        # The thread may still be at another question's words.
        lexical = self.lexical(query, k, allowed) if words.cancel() else words.result()
        return CandidateLists(dense, lexical, weight)

    def dense(self, query: Query, k: int, allowed: Int64Array | None) -> Ranked:
        """Run dense retrieval alone: passage numbers with cosines."""
        return self._generation.vectors.search(query.vector, k, allowed)

    def lexical(self, query: Query, k: int, allowed: Int64Array | None) -> Ranked:
        """Run lexical retrieval alone: passage numbers with BM25 scores."""
        wanted = LexicalQuery(query.alternatives, query.bigrams)
        return self._generation.lexical.search(wanted, k, allowed)
