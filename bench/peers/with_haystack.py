"""Haystack: its document store in memory, by words, by vectors, and both joined by rank."""

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from sentence_transformers import SentenceTransformer

from bench.peers.retriever import CANDIDATES, TOP, Collection, spaced
from index.models.loading import BUNDLED, model_folder


class ByWords:
    """Its BM25 with its defaults, which take each Chinese character for a word."""

    def __init__(self, collection: Collection) -> None:
        store = InMemoryDocumentStore()
        store.write_documents(
            [Document(id=str(at), content=text) for at, text in enumerate(collection.passages)]
        )
        self._retriever = InMemoryBM25Retriever(store, top_k=TOP)

    def find(self, question: str) -> list[int]:
        """Return the positions of the best passages."""
        return [int(document.id) for document in self._retriever.run(question)["documents"]]


class Joined:
    """Its BM25 over jieba's words and its search among our vectors, joined by reciprocal rank.

    Its own wrapper of sentence-transformers is a package apart, so the vectors are handed in.
    """

    def __init__(self, collection: Collection) -> None:
        self._model = SentenceTransformer(str(model_folder(BUNDLED)))
        vectors = self._model.encode_document(list(collection.passages)).tolist()
        store = InMemoryDocumentStore(bm25_tokenization_regex=r"(?u)\w+")
        store.write_documents(
            [
                Document(id=str(at), content=spaced(text), embedding=vector)
                for at, (text, vector) in enumerate(zip(collection.passages, vectors, strict=True))
            ]
        )
        self._by_words = InMemoryBM25Retriever(store, top_k=CANDIDATES)
        self._by_vectors = InMemoryEmbeddingRetriever(store, top_k=CANDIDATES)
        self._joiner = DocumentJoiner("reciprocal_rank_fusion", top_k=TOP)

    def find(self, question: str) -> list[int]:
        """Return the positions of the best passages."""
        vector = self._model.encode_query(question).tolist()
        lists = [
            self._by_words.run(spaced(question))["documents"],
            self._by_vectors.run(vector)["documents"],
        ]
        return [int(document.id) for document in self._joiner.run(lists)["documents"]]
