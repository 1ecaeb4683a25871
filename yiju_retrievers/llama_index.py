"""A retriever for LlamaIndex: `pip install yiju[llama-index]`."""

import asyncio

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from index.listing.article_filter import Filter
from python_api.open_library import Library
from yiju_retrievers.found_passages import id_of, metadata_of

_FOR_PROGRAMS = ["start", "end", "score", "index_version"]
"""What of a node's metadata says nothing to a model, be it one that writes or one that embeds."""


class LlamaIndexRetriever(BaseRetriever):
    """Retrieves the `k` best passages of a library as LlamaIndex nodes, best first."""

    def __init__(
        self,
        library: Library,
        k: int = 5,
        filter: Filter | None = None,  # noqa: A002 - as the API names it
        address: str = "",
    ) -> None:
        """Take a library; `address` is that of the server whose page the links open."""
        self._library, self._k, self._filter, self._address = library, k, filter, address
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        result = self._library.search(query_bundle.query_str, self._k, self._filter)
        return [
            NodeWithScore(
                node=TextNode(
                    id_=id_of(hit),
                    text=hit.text,
                    metadata=metadata_of(hit, result, self._address),
                    excluded_llm_metadata_keys=_FOR_PROGRAMS,
                    excluded_embed_metadata_keys=[*_FOR_PROGRAMS, "link", "article_id"],
                    relationships={
                        NodeRelationship.SOURCE: RelatedNodeInfo(node_id=hit.article_id)
                    },
                    start_char_idx=hit.start,
                    end_char_idx=hit.end,
                ),
                score=hit.score,
            )
            for hit in result.hits
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)
