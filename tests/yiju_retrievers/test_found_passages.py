"""Each library gets the same passages, with all that is known of them, in its own documents.

A test is skipped where the package of its library is not installed.
"""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import UsageError
from index.listing.article_filter import Filter
from python_api.open_library import Library

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"

QUERY = "港珠澳大桥的长度"
ADDRESS = "http://127.0.0.1:8000"
ONLY = Filter(articles=("hzmb-bridge.txt",))


@pytest.fixture(scope="module")
def library(sample_store: Path) -> Iterator[Library]:
    with Library.open(sample_store) as opened:
        yield opened


@pytest.fixture(scope="module")
def wanted(library: Library) -> list[tuple[str, dict[str, object], str]]:
    """Text, metadata and id of the three best passages of the bridge."""
    result = library.search(QUERY, 3, ONLY)
    version = result.index_version
    return [
        (
            hit.text,
            {
                "article_id": "hzmb-bridge.txt",
                "title": "港珠澳大橋：一座橋，三種制度",
                "start": hit.start,
                "end": hit.end,
                "link": f"{ADDRESS}/#/article/hzmb-bridge.txt?start={hit.start}&end={hit.end}"
                f"&v={version}",
                "score": hit.score,
                "index_version": version,
                "source": "依據編輯部",
                "published": "2023-10-24",
                **({"heading": hit.heading} if hit.heading else {}),
            },
            f"hzmb-bridge.txt:{hit.start}-{hit.end}",
        )
        for hit in result.hits
    ]


Wanted = list[tuple[str, dict[str, object], str]]


def test_langchain_gets_documents(library: Library, wanted: Wanted) -> None:
    pytest.importorskip("langchain_core", reason="needs langchain-core: the extra langchain")
    from langchain_core.runnables import RunnableLambda

    from yiju_retrievers.langchain import LangChainRetriever

    retriever = LangChainRetriever(library=library, k=3, filter=ONLY, address=ADDRESS)
    documents = retriever.invoke(QUERY)
    assert [
        (document.page_content, document.metadata, document.id) for document in documents
    ] == wanted
    assert asyncio.run(retriever.ainvoke(QUERY)) == documents
    chain = retriever | RunnableLambda(lambda documents: documents[0].metadata["title"])
    assert chain.invoke(QUERY) == "港珠澳大橋：一座橋，三種制度"
    with pytest.raises(UsageError, match="1 to 2,000 characters"):
        retriever.invoke(" ")
    assert retriever.invoke(QUERY, k=1) == documents[:1]
    assert asyncio.run(retriever.ainvoke(QUERY, k=1)) == documents[:1]
    assert retriever.batch([QUERY, QUERY]) == [documents, documents]
    assert asyncio.run(retriever.abatch([QUERY], k=2)) == [documents[:2]]


def test_llama_index_gets_nodes(library: Library, wanted: Wanted) -> None:
    pytest.importorskip("llama_index.core", reason="needs llama-index-core: the extra llama-index")
    from llama_index.core.schema import MetadataMode, TextNode

    from yiju_retrievers.llama_index import LlamaIndexRetriever

    retriever = LlamaIndexRetriever(library, k=3, filter=ONLY, address=ADDRESS)
    nodes = retriever.retrieve(QUERY)
    assert [(node.text, node.metadata, node.node_id) for node in nodes] == wanted
    assert [node.score for node in nodes] == [metadata["score"] for _, metadata, _ in wanted]
    assert asyncio.run(retriever.aretrieve(QUERY)) == nodes
    first = nodes[0].node
    assert isinstance(first, TextNode)
    text = library.article("hzmb-bridge.txt").text
    assert text[first.start_char_idx : first.end_char_idx] == first.text
    assert first.ref_doc_id == "hzmb-bridge.txt"
    embedded = first.get_content(MetadataMode.EMBED)
    assert "港珠澳大橋：一座橋，三種制度" in embedded
    assert "score" not in embedded
    assert "link: " in first.get_content(MetadataMode.LLM)


def test_haystack_gets_documents_in_a_pipeline(library: Library, wanted: Wanted) -> None:
    pytest.importorskip("haystack", reason="needs haystack-ai: the extra haystack")
    from haystack import Pipeline

    from yiju_retrievers.haystack import HaystackRetriever

    pipeline = Pipeline()
    pipeline.add_component("retriever", HaystackRetriever(library, 3, ONLY, ADDRESS))
    documents = pipeline.run({"retriever": {"query": QUERY}})["retriever"]["documents"]
    assert [(document.content, document.meta, document.id) for document in documents] == wanted
    assert [document.score for document in documents] == [meta["score"] for _, meta, _ in wanted]
    fewer = pipeline.run({"retriever": {"query": QUERY, "top_k": 1}})["retriever"]["documents"]
    assert fewer == documents[:1]
    with pytest.raises(UsageError, match="k is 0"):
        HaystackRetriever(library).run(QUERY, top_k=0)
    assert asyncio.run(pipeline.run_async({"retriever": {"query": QUERY}})) == {
        "retriever": {"documents": documents}
    }


def test_a_pipeline_of_haystack_is_saved_and_loaded(sample_store: Path) -> None:
    pytest.importorskip("haystack", reason="needs haystack-ai: the extra haystack")
    from haystack import Pipeline

    from yiju_retrievers.haystack import HaystackRetriever

    with Library.open(sample_store, threshold=0.4) as library:
        for only in (ONLY, None):
            pipeline = Pipeline()
            pipeline.add_component("retriever", HaystackRetriever(library, 3, only, ADDRESS))
            allowed = ["yiju_retrievers.haystack"]
            loaded = Pipeline.loads(pipeline.dumps(), allowed_modules=allowed)
            assert loaded.to_dict() == pipeline.to_dict()
            query = {"retriever": {"query": QUERY}}
            assert loaded.run(query) == pipeline.run(query)
            component = loaded.get_component("retriever")
            assert isinstance(component, HaystackRetriever)
            assert component.library.opened_with == {"store": str(sample_store), "threshold": 0.4}
            component.library.close()
    with Library.open(sample_store, llm_key="secret") as library:
        saved = HaystackRetriever(library)
        with pytest.raises(UsageError, match=r"llm_key is a secret.*; set YIJU_LLM_KEY instead"):
            saved.to_dict()
