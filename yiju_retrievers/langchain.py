"""A retriever for LangChain: `pip install yiju[langchain]`."""

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import run_in_executor

from index.listing.article_filter import Filter
from python_api.open_library import Library
from yiju_retrievers.found_passages import id_of, metadata_of


class LangChainRetriever(BaseRetriever):
    """Retrieves the `k` best passages of a library as LangChain documents, best first.

    `address` is that of the server whose page their links open. A call may have a `k` of its own:
    `retriever.invoke(query, k=2)`.
    """

    library: Library
    k: int = 5
    filter: Filter | None = None
    address: str = ""

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
        k: int | None = None,
    ) -> list[Document]:
        result = self.library.search(query, self.k if k is None else k, self.filter)
        return [
            Document(hit.text, id=id_of(hit), metadata=metadata_of(hit, result, self.address))
            for hit in result.hits
        ]

    async def _aget_relevant_documents(
        self,
        query: str,
        *,
        run_manager: AsyncCallbackManagerForRetrieverRun,
        k: int | None = None,
    ) -> list[Document]:
        """Do the same in a thread; LangChain's own way there would drop `k`."""
        synchronous = run_manager.get_sync()
        return await run_in_executor(
            None, self._get_relevant_documents, query, run_manager=synchronous, k=k
        )
