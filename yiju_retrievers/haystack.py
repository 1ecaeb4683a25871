"""A retriever for Haystack: `pip install yiju[haystack]`."""

from haystack import Document, component

from index.listing.article_filter import Filter
from python_api.open_library import Library
from yiju_retrievers.found_passages import id_of, metadata_of


@component
class HaystackRetriever:
    """A component that retrieves the `top_k` best passages of a library as Haystack documents."""

    def __init__(
        self,
        library: Library,
        top_k: int = 5,
        filter: Filter | None = None,  # noqa: A002 - as the API names it
        address: str = "",
    ) -> None:
        """Take a library; `address` is that of the server whose page the links open."""
        self._library, self._top_k, self._filter, self._address = library, top_k, filter, address

    @component.output_types(documents=list[Document])
    def run(self, query: str, top_k: int | None = None) -> dict[str, list[Document]]:
        """Retrieve passages for a query, best first; `top_k` is for this run only."""
        result = self._library.search(query, top_k or self._top_k, self._filter)
        documents = [
            Document(
                id=id_of(hit),
                content=hit.text,
                meta=metadata_of(hit, result, self._address),
                score=hit.score,
            )
            for hit in result.hits
        ]
        return {"documents": documents}
