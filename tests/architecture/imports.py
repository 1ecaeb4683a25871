"""Who may import whom, and the one home of each heavy package."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter

from tests.architecture.sources import Source, modules

# A package, or a module where its package has modules on several floors, with what it may import
# beside itself. Lowest first; whoever adds a package adds its line.
MAY_IMPORT: dict[str, set[str]] = {
    "index": set(),
    "index.processes": {"index"},
    "index.text": {"index"},
    "index.models": {"index", "index.text"},
    "index.ingest.sources": {"index"},
    "index.ingest.recognition": {"index"},
    "index.ingest.structure": {"index", "index.text"},
    "index.ingest.pages": {"index.ingest.structure"},
    "index.ingest.boilerplate": {
        "index", "index.text", "index.ingest.structure", "index.ingest.pages",
    },
    "index.ingest.formats": {
        "index", "index.text", "index.ingest.sources", "index.ingest.recognition",
        "index.ingest.structure", "index.ingest.pages", "index.ingest.boilerplate",
    },
    "index.ingest.formats.converted": {"index", "index.ingest.sources", "index.processes"},
    "index.ingest.formats.docx": {
        "index", "index.text", "index.ingest.sources", "index.ingest.structure",
        "index.ingest.pages", "index.ingest.formats",
    },
    "index.ingest.formats.markdown": {
        "index", "index.ingest.sources", "index.ingest.structure", "index.ingest.pages",
        "index.ingest.formats",
    },
    "index.ingest.formats.odt": {
        "index", "index.ingest.sources", "index.ingest.structure", "index.ingest.formats",
    },
    "index.ingest.formats.pdf.page_content": set(),
    "index.ingest.formats.pdf.lines": {
        "index.ingest.structure", "index.ingest.formats.pdf.page_content",
    },
    "index.ingest.formats.pdf.tables.open": {
        "index.ingest.structure", "index.ingest.formats.pdf.page_content",
        "index.ingest.formats.pdf.lines",
    },
    "index.ingest.formats.pdf.tables": {
        "index.ingest.structure", "index.ingest.formats.pdf.page_content",
        "index.ingest.formats.pdf.lines", "index.ingest.formats.pdf.tables.open",
    },
    "index.ingest.formats.pdf": {
        "index", "index.text", "index.ingest.structure", "index.ingest.formats",
        "index.ingest.formats.pdf.page_content", "index.ingest.formats.pdf.lines",
        "index.ingest.formats.pdf.tables", "index.ingest.formats.pdf.tables.open",
    },
    "index.ingest.formats.pdf.scans": {
        "index", "index.ingest.recognition", "index.ingest.formats.pdf",
        "index.ingest.formats.pdf.page_content",
    },
    "index.ingest.formats.sheets": {
        "index", "index.text", "index.ingest.sources", "index.ingest.structure",
        "index.ingest.formats",
    },
    "index.ingest": {
        "index", "index.text", "index.ingest.sources", "index.ingest.structure",
        "index.ingest.boilerplate", "index.ingest.formats", "index.ingest.formats.converted",
        "index.ingest.formats.docx", "index.ingest.formats.odt", "index.ingest.formats.pdf",
        "index.ingest.formats.markdown", "index.ingest.formats.pdf.scans",
        "index.ingest.formats.sheets", "index.ingest.recognition", "index.processes",
    },
    "index.fetch": {"index", "index.ingest.sources"},
    "index.webhooks": {"index", "index.fetch"},
    "index.store": {"index", "index.text", "index.models"},
    "index.feeds": {"index", "index.ingest.structure", "index.fetch", "index.store"},
    "index.listing": {"index", "index.text", "index.store"},
    "index.search": {"index", "index.text", "index.models", "index.store", "index.listing"},
    "index.build.reading": {
        "index", "index.text", "index.ingest", "index.ingest.sources",
        "index.ingest.boilerplate", "index.ingest.formats", "index.fetch", "index.feeds",
        "index.store", "index.processes",
    },
    "index.build": {
        "index", "index.text", "index.models", "index.ingest", "index.ingest.sources",
        "index.ingest.boilerplate", "index.ingest.formats", "index.fetch", "index.feeds",
        "index.store", "index.search", "index.processes", "index.build.reading",
    },
    "index.watch": {"index", "index.ingest.sources", "index.store"},
    "qa": {"index", "index.text"},  # answer, answer_types, language, decision
    "qa.entities": {"index", "index.text", "qa"},
    "qa.question.asked": {"index", "index.text", "qa"},
    "qa.question": {
        "index", "index.text", "index.search", "qa", "qa.entities", "qa.question.asked",
    },
    "qa.reader": {"index", "index.text", "index.models", "index.search", "qa"},
    "qa.evidence": {
        "index", "index.text", "index.models", "index.store", "index.search", "qa", "qa.entities",
        "qa.question", "qa.reader",
    },
    "qa.titles": {"index.text", "index.search", "qa"},
    "qa.talk": {
        "index", "index.text", "index.store", "index.listing", "index.search", "qa", "qa.titles",
    },
    "qa.retrieval": {
        "index", "index.text", "index.listing", "index.search", "qa", "qa.entities", "qa.question",
        "qa.talk",
    },
    "qa.structure": {
        "index", "index.text", "index.store", "index.search", "qa", "qa.entities", "qa.question",
        "qa.evidence",
    },
    "qa.replies": {
        "index", "index.text", "index.models", "index.store", "index.search", "qa", "qa.entities",
        "qa.question", "qa.reader", "qa.evidence", "qa.retrieval", "qa.structure",
        "qa.titles",
    },
    "qa.writing": {
        "index", "index.text", "index.store", "index.search", "qa", "qa.entities", "qa.reader",
        "qa.replies", "qa.retrieval",
    },
    "qa.suggestion_choice": {"index.text", "index.store", "qa"},
    "qa.answerer": {
        "index", "index.text", "index.models", "index.store", "index.search", "qa", "qa.entities",
        "qa.question", "qa.reader", "qa.evidence", "qa.replies", "qa.retrieval",
        "qa.suggestion_choice",
    },
    "qa.suggestions": {
        "index", "index.text", "index.store", "index.search", "qa", "qa.entities", "qa.question",
        "qa.question.asked", "qa.evidence", "qa.replies", "qa.retrieval", "qa.answerer",
    },
    "qa.evaluation": {
        "index", "index.text", "index.models", "index.store", "index.search", "index.build", "qa",
        "qa.question", "qa.answerer", "qa.retrieval", "qa.writing",
    },
    "qa.feedback": {
        "index", "index.text", "index.store", "qa", "qa.question.asked", "qa.retrieval",
    },
    "web.languages": set(),
    "web.markdown": {"index"},
    "web.writing": {"qa", "qa.retrieval", "qa.writing"},
    "web": {
        "index", "index.text", "index.ingest", "index.ingest.sources", "index.ingest.formats",
        "index.store", "index.listing", "index.search", "index.build", "qa", "qa.question",
        "qa.answerer", "qa.feedback", "qa.retrieval", "qa.suggestion_choice", "qa.writing",
        "web.languages", "web.markdown", "web.writing",
    },
    "web.markdown.llms_routes": {
        "index.listing", "index.search", "index.store", "web", "web.markdown",
    },
    "web.feedback": {"index", "qa", "qa.feedback", "web"},
    "web.openai": {"qa", "qa.question", "qa.retrieval", "web", "web.languages"},
    "web.page": {"web"},
    "web.mcp": {
        "index", "index.build", "index.listing", "index.store", "qa", "qa.question", "qa.retrieval",
        "web",
    },
    "web.app": {
        "index", "web", "web.feedback", "web.markdown", "web.markdown.llms_routes", "web.mcp",
        "web.openai", "web.page",
    },
    "web.serving": {"index", "web", "web.openai", "web.writing"},
    "python_api": {
        "index", "index.text", "index.models", "index.ingest", "index.processes",
        "index.store", "index.listing", "index.search", "index.build", "index.build.reading",
        "index.fetch", "index.webhooks", "qa", "qa.entities", "qa.question", "qa.retrieval",
        "qa.answerer", "qa.feedback", "qa.suggestions", "qa.writing",
    },
    "yiju_retrievers": {"index.listing", "python_api", "qa"},
    "cli": {
        "index", "index.build", "index.ingest", "index.store", "index.watch", "python_api", "qa",
        "qa.evaluation", "qa.feedback",
    },
    "cli.server_parts": {
        "index", "index.models", "index.ingest", "index.store", "index.search", "index.build",
        "python_api", "qa", "qa.entities", "qa.feedback", "qa.suggestions", "web", "web.app",
        "web.writing", "cli",
    },
    "yiju": {
        "index", "index.store", "index.listing", "index.build", "python_api", "qa", "qa.question",
        "qa.feedback", "web.mcp", "web.serving", "cli", "cli.server_parts",
    },
}  # fmt: skip
TOP_FLOOR = {"training", "bench"}
"""What makes weights and measures may import all but what stands above the product."""

# The one module (or folder) that may import a heavy package.
HOMES = {
    "faiss": "index/search/vectors.py",
    "tantivy": "index/search/lexical.py",
    "jieba": "index/text/analyzer.py",
    "rjieba": "index/text/analyzer.py",
    "datasketch": "index/text/minhash.py",
    "httpcore": "index/fetch/",
    "httpx": "qa/writing/model_client.py",
    "protego": "index/fetch/robots.py",
    "feedparser": "index/feeds/syndication.py",
    "pypdfium2": "index/ingest/formats/pdf/",
    "olefile": "index/ingest/formats/converted/ole_file.py",
    "rapidocr": "index/ingest/recognition/recogniser.py",
    "cv2": "index/ingest/recognition/recogniser.py",
    "PIL": "index/ingest/formats/pdf/scans/picture_files.py",
    "opencc": "index/text/folding.py",
    "sentence_transformers": "index/models/transformer.py",
    "transformers": "index/models/transformer.py",
    "tokenizers": "index/models/static.py",
    "threadpoolctl": "index/models/static.py",
    "onnxruntime": "qa/reader/network.py",
    "huggingface_hub": "index/models/loading.py",
    "torch": "index/models/transformer.py",
    "trafilatura": "index/ingest/formats/html.py",
    "markdown_it": "index/ingest/formats/markdown/",
    "mdit_py_plugins": "index/ingest/formats/markdown/markdown_blocks.py",
    "yaml": "index/ingest/formats/markdown/front_matter.py",
    "pydantic_settings": "index/settings.py",
    "flask": "web/",
    "flask_openapi3": "web/",
    "gunicorn": "web/serving/",
    "waitress": "web/serving/",
    "mcp": "web/mcp/",
    "mcp_types": "web/mcp/",
    "anyio": "web/mcp/",
    "tqdm": "cli/output.py",
    "watchdog": "index/watch/folder_events.py",
    "standardwebhooks": "index/webhooks/attempt.py",
    "langchain_core": "yiju_retrievers/langchain.py",
    "llama_index": "yiju_retrievers/llama_index.py",
    "haystack": "yiju_retrievers/haystack.py",
}


def floor_of(module: str, table: Mapping[str, object]) -> str:
    """Return the table's entry for a module: itself, or the package that it lies in."""
    if module in table:
        return module
    package = module.rpartition(".")[0]
    return package or module


def forbidden_imports(
    files: Sequence[Source], table: Mapping[str, set[str]] = MAY_IMPORT
) -> Iterator[str]:
    """Yield every import that the table does not allow, and every package without an entry."""
    known = modules(files)
    packages = {source.module for source in files if source.path.endswith("/__init__.py")}
    for source in files:
        own = source.module if source.module in packages else floor_of(source.module, table)
        if own not in table:
            yield f"{source.path}: the package {own} is not in the table"
            continue
        for module in source.imports():
            top = module.partition(".")[0]
            if top in TOP_FLOOR or top == "tests":
                yield f"{source.path} imports {module}"
            if module in known:
                other = module if module in packages else floor_of(module, table)
                if other != own and other not in table[own]:
                    yield f"{source.path} imports {module}"


def circles(table: Mapping[str, set[str]] = MAY_IMPORT) -> list[str]:
    """Return the floors in an order in which each stands above what it may import.

    Raises:
        CycleError: two packages may import each other.
    """
    return list(TopologicalSorter(table).static_order())


def heavy_imports_away_from_home(files: Sequence[Source]) -> Iterator[str]:
    """Yield every import of a heavy package outside of its home."""
    for source in files:
        for module in source.imports():
            top = module.partition(".")[0]
            if top in HOMES and not source.path.startswith(HOMES[top]):
                yield f"{source.path} imports {module}"


def homes_without_their_package(files: Sequence[Source]) -> set[str]:
    """Return the packages that no file imports: entries that are left over."""
    return HOMES.keys() - {
        module.partition(".")[0] for source in files for module in source.imports()
    }
