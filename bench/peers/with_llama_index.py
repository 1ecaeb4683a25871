"""LlamaIndex: its BM25 retriever, its vectors in memory, and both fused by rank."""

import bm25s
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import BaseRetriever, QueryFusionRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.core.vector_stores.utils import node_to_metadata_dict
from llama_index.retrievers.bm25 import BM25Retriever
from pydantic import PrivateAttr
from sentence_transformers import SentenceTransformer

from bench.peers.retriever import CANDIDATES, TOP, Collection, spaced, words
from index.models.loading import BUNDLED, model_folder

_WORD = r"(?u)\b\w+\b"  # its own pattern drops words of one character


class LlamaIndex:
    """A retriever of LlamaIndex whose nodes are known by the positions of their passages."""

    def __init__(self, retriever: BaseRetriever) -> None:
        self._retriever = retriever

    def find(self, question: str) -> list[int]:
        """Return the positions of the passages that score above nothing."""
        hits = self._retriever.retrieve(question)
        return [int(hit.node.node_id) for hit in hits if hit.score]


class _OurEncoder(BaseEmbedding):  # type: ignore[misc]
    """Our encoder as sentence-transformers loads it.

    LlamaIndex's own wrapper refuses a model that reads texts of any length.
    """

    _model: SentenceTransformer = PrivateAttr(
        default_factory=lambda: SentenceTransformer(str(model_folder(BUNDLED)))
    )

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode_document(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._model.encode_query(query).tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class _Segmented(BM25Retriever):  # type: ignore[misc]
    """Its BM25 retriever over jieba's words, for questions too."""

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits: list[NodeWithScore] = super()._retrieve(QueryBundle(spaced(query_bundle.query_str)))
        return [hit for hit in hits if hit.score]


def bm25(collection: Collection) -> LlamaIndex:
    """Return its BM25 retriever with its defaults, which are for English."""
    return LlamaIndex(BM25Retriever(nodes=_nodes(collection), similarity_top_k=TOP))


def fused(collection: Collection) -> LlamaIndex:
    """Return its BM25 over jieba's words and its search among our vectors, fused by rank."""
    nodes = _nodes(collection)
    by_vectors = VectorStoreIndex(nodes, embed_model=_OurEncoder())
    return LlamaIndex(
        QueryFusionRetriever(
            [by_vectors.as_retriever(similarity_top_k=CANDIDATES), _by_words(nodes)],
            llm=MockLLM(),  # asked for further questions only if more than one is wanted
            mode="reciprocal_rerank",
            similarity_top_k=TOP,
            num_queries=1,
            use_async=False,
        )
    )


def _by_words(nodes: list[TextNode]) -> BM25Retriever:
    """Return the retriever over segmented texts, which gives the nodes as they are."""
    index = bm25s.BM25()
    index.index([words(node.text) for node in nodes], show_progress=False)
    index.corpus = [node_to_metadata_dict(node) | {"node_id": node.node_id} for node in nodes]
    top = min(CANDIDATES, len(nodes))
    return _Segmented(
        existing_bm25=index, similarity_top_k=top, token_pattern=_WORD, skip_stemming=True
    )


def _nodes(collection: Collection) -> list[TextNode]:
    return [TextNode(id_=str(at), text=text) for at, text in enumerate(collection.passages)]
