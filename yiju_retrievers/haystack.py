"""A retriever for Haystack: `pip install yiju[haystack]`."""

from dataclasses import asdict
from typing import Any

from haystack import Document, component, default_from_dict, default_to_dict

from index.listing.article_filter import Filter
from python_api.open_library import Library
from yiju_retrievers.found_passages import id_of, metadata_of


@component
class HaystackRetriever:
    """A component that retrieves the `top_k` best passages of a library as Haystack documents.

    It can be saved with its pipeline: the store and the settings that the library was given are
    written down, and loading opens it anew; `library.close()` closes it.
    """

    def __init__(
        self,
        library: Library,
        top_k: int = 5,
        filter: Filter | None = None,  # noqa: A002 - as the API names it
        address: str = "",
    ) -> None:
        """Take a library; `address` is that of the server whose page the links open."""
        self.library, self.top_k, self.filter, self.address = library, top_k, filter, address

    def to_dict(self) -> dict[str, Any]:
        """Return what `from_dict` makes the same component of.

        Raises:
            UsageError: a secret was given to the library.
        """
        chosen = None
        if self.filter:
            chosen = {**asdict(self.filter), "articles": list(self.filter.articles)}
        opened: dict[str, Any] = default_to_dict(
            self,
            library=self.library.opened_with,
            top_k=self.top_k,
            filter=chosen,
            address=self.address,
        )
        return opened

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "HaystackRetriever":
        """Open the library and make the component."""
        given = dict(data["init_parameters"])
        given["library"] = Library.open(**given["library"])
        if chosen := given["filter"]:
            given["filter"] = Filter(**{**chosen, "articles": tuple(chosen["articles"])})
        opened: HaystackRetriever = default_from_dict(cls, {**data, "init_parameters": given})
        return opened

    @component.output_types(documents=list[Document])
    def run(self, query: str, top_k: int | None = None) -> dict[str, list[Document]]:
        """Retrieve passages for a query, best first; `top_k` is for this run only."""
        count = self.top_k if top_k is None else top_k
        result = self.library.search(query, count, self.filter)
        documents = [
            Document(
                id=id_of(hit),
                content=hit.text,
                meta=metadata_of(hit, result, self.address),
                score=hit.score,
            )
            for hit in result.hits
        ]
        return {"documents": documents}
