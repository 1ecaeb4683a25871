"""What each package may import, and the one home of each heavy package."""

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
    "index.library": {"index", "index.text", "index.models"},
    "index.store": {"index", "index.library", "index.models"},
    "index.feeds": {"index", "index.ingest.structure", "index.fetch", "index.library"},
    "index.access": {"index", "index.library", "index.store"},
    "index.listing": {"index", "index.text", "index.library"},
    "index.search.dense": {"index", "index.models", "index.store"},
    "index.search": {
        "index", "index.text", "index.models", "index.processes", "index.library", "index.store",
        "index.listing", "index.search.dense",
    },
    "index.build.reading": {
        "index", "index.text", "index.ingest", "index.ingest.sources",
        "index.ingest.boilerplate", "index.ingest.formats", "index.fetch", "index.feeds",
        "index.library", "index.processes",
    },
    "index.build.embedding": {
        "index", "index.models", "index.ingest", "index.ingest.sources", "index.library",
        "index.build.reading",
    },
    "index.build": {
        "index", "index.text", "index.models", "index.ingest", "index.ingest.sources",
        "index.ingest.boilerplate", "index.ingest.formats", "index.fetch", "index.feeds",
        "index.library", "index.store", "index.search", "index.search.dense", "index.processes",
        "index.build.reading", "index.build.embedding",
    },
    "index.milvus": {
        "index", "index.text", "index.models", "index.library", "index.store", "index.search",
        "index.build",
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
        "index", "index.text", "index.models", "index.library", "index.search", "qa", "qa.entities",
        "qa.question", "qa.reader",
    },
    "qa.titles": {"index.text", "index.search", "qa"},
    "qa.talk": {
        "index", "index.text", "index.library", "index.listing", "index.search", "qa", "qa.titles",
    },
    "qa.retrieval": {
        "index", "index.text", "index.listing", "index.search", "qa", "qa.entities", "qa.question",
        "qa.talk",
    },
    "qa.structure": {
        "index", "index.text", "index.library", "index.search", "qa", "qa.entities", "qa.question",
        "qa.evidence",
    },
    "qa.replies": {
        "index", "index.text", "index.models", "index.library", "index.search", "qa", "qa.entities",
        "qa.question", "qa.reader", "qa.evidence", "qa.retrieval", "qa.structure",
        "qa.titles",
    },
    "qa.writing": {
        "index", "index.text", "index.models", "index.library", "index.search", "qa", "qa.entities",
        "qa.reader", "qa.replies", "qa.retrieval",
    },
    "qa.writing.follow_ups": {
        "index.text", "index.models", "index.search", "qa", "qa.entities", "qa.question.asked",
        "qa.retrieval", "qa.writing",
    },
    "qa.suggestion_choice": {"index.text", "index.library", "qa"},
    "qa.answerer": {
        "index", "index.text", "index.models", "index.store", "index.search", "qa", "qa.entities",
        "qa.question", "qa.reader", "qa.evidence", "qa.replies", "qa.retrieval",
        "qa.suggestion_choice",
    },
    "qa.suggestions": {
        "index", "index.text", "index.library", "index.search", "qa", "qa.entities", "qa.question",
        "qa.question.asked", "qa.evidence", "qa.replies", "qa.retrieval", "qa.answerer",
    },
    "qa.evaluation": {
        "index", "index.text", "index.models", "index.store", "index.search", "index.build", "qa",
        "qa.question", "qa.answerer", "qa.retrieval", "qa.writing",
    },
    "qa.feedback": {
        "index", "index.text", "index.library", "index.store", "qa", "qa.question.asked",
        "qa.retrieval",
    },
    "web.languages": set(),
    "web.markdown": {"index"},
    "web.writing": {"index.search", "qa", "qa.retrieval", "qa.writing", "qa.writing.follow_ups"},
    "web.observing": {"index", "index.search", "index.store", "qa", "qa.retrieval"},
    "web": {
        "index", "index.text", "index.ingest", "index.ingest.sources", "index.ingest.formats",
        "index.library", "index.store", "index.listing", "index.search", "index.build", "qa",
        "qa.question", "qa.answerer", "qa.feedback", "qa.retrieval", "qa.suggestion_choice",
        "qa.writing", "web.languages", "web.markdown", "web.observing", "web.writing",
    },
    "web.markdown.llms_routes": {
        "index.listing", "index.search", "index.library", "web", "web.markdown", "web.reach",
    },
    "web.reach": {"index", "web"},
    "web.observing.metrics_routes": {"web", "web.observing", "web.reach"},
    "web.feedback": {"index", "qa", "qa.feedback", "web"},
    "web.access": {"index", "index.access", "web", "web.reach"},
    "web.access.access_description": {"index.access", "web", "web.access", "web.openai"},
    "web.openai": {"qa", "qa.question", "qa.retrieval", "web", "web.languages", "web.reach"},
    "web.page": {"web"},
    "web.mcp": {
        "index", "index.access", "index.build", "index.listing", "index.library", "index.store",
        "qa", "qa.question", "qa.retrieval", "web", "web.access", "web.reach",
    },
    "web.app": {
        "index", "web", "web.access", "web.access.access_description", "web.feedback",
        "web.markdown", "web.markdown.llms_routes", "web.mcp", "web.observing",
        "web.observing.metrics_routes", "web.openai", "web.page", "web.reach",
    },
    "web.serving": {
        "index", "index.processes", "web", "web.access", "web.observing", "web.openai",
        "web.reach", "web.writing",
    },
    "python_api": {
        "index", "index.text", "index.models", "index.ingest", "index.processes",
        "index.library", "index.store", "index.listing", "index.search", "index.build",
        "index.build.reading", "index.build.embedding", "index.fetch", "index.milvus",
        "index.webhooks", "qa", "qa.entities", "qa.question", "qa.retrieval", "qa.answerer",
        "qa.feedback", "qa.suggestions", "qa.writing", "qa.writing.follow_ups",
    },
    "yiju_retrievers": {"index.listing", "python_api", "qa"},
    "cli.formats": {"index", "qa", "qa.evaluation", "qa.feedback"},
    "cli": {
        "index", "index.access", "index.build", "index.ingest", "index.listing", "index.library",
        "index.store", "index.watch", "python_api", "qa", "qa.evaluation", "qa.feedback",
        "cli.formats",
    },
    "cli.server_parts": {
        "index", "index.text", "index.access", "index.models", "index.ingest", "index.store",
        "index.search", "index.build", "python_api", "qa", "qa.entities", "qa.feedback",
        "qa.suggestions", "web", "web.access", "web.app", "web.observing",
        "web.observing.metrics_routes", "web.reach", "web.writing", "cli",
    },
    "cli.served_plans": {
        "cli.server_parts", "index", "index.store", "web.observing", "web.serving",
    },
    "cli.serving": {
        "index", "index.search", "index.store", "python_api", "web.serving", "cli", "cli.formats",
        "cli.served_plans", "cli.server_parts",
    },
    "cli.demo_command": {"cli", "cli.serving"},
    "cli.embedding": {"cli", "python_api"},
    "yiju": {
        "index", "index.library", "index.store", "index.listing", "index.build", "python_api", "qa",
        "qa.question", "web.mcp", "cli", "cli.server_parts", "cli.serving", "cli.demo_command",
        "cli.embedding",
    },
}  # fmt: skip
TOP_FLOOR = {"training", "bench"}
"""What makes weights and measures may import all but what stands above the product."""

# The one module (or folder) that may import a heavy package.
HOMES = {
    "faiss": "index/search/dense/",
    "tantivy": "index/search/lexical.py",
    "jieba": "index/text/analyzer.py",
    "rjieba": "index/text/analyzer.py",
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
    "sentencepiece": "index/models/run_tokenizer.py",
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
    "limits": "web/access/",
    "mcp": "web/mcp/",
    "mcp_types": "web/mcp/",
    "anyio": "web/mcp/",
    "tqdm": "cli/output.py",
    "watchdog": "index/watch/folder_events.py",
    "standardwebhooks": "index/webhooks/attempt.py",
    "pymilvus": "index/milvus/",
    "grpc": "index/milvus/",
    "langchain_core": "yiju_retrievers/langchain.py",
    "llama_index": "yiju_retrievers/llama_index.py",
    "haystack": "yiju_retrievers/haystack.py",
}
