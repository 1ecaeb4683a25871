"""Open the language model that the settings name, if they name one."""

from dataclasses import dataclass

from index.errors import UsageError
from index.models.encoder import SentenceEncoder
from index.search.searcher import Searcher
from index.settings import Settings
from index.text.analyzer import Analyzer
from qa.answer import Answer
from qa.entities.names import Names
from qa.retrieval import Request, Retrieved
from qa.writing.follow_ups.follow_up_rewriter import FollowUpRewriter
from qa.writing.writer import Writer


@dataclass(frozen=True, slots=True)
class ModelParts:
    """What a language model does: it writes beside answers, and may rewrite follow-ups."""

    writer: Writer
    rewriter: FollowUpRewriter | None = None

    def before(self, request: Request, searcher: Searcher) -> Request:
        """Return a request, its question rewritten if it leans on the conversation."""
        return self.rewriter.before(request, searcher) if self.rewriter else request

    def beside(self, retrieved: Retrieved, answer: Answer) -> Answer:
        """Return an answer with what the model writes, if it is asked."""
        return self.writer.beside(retrieved, answer)


def model_parts_of(
    settings: Settings, analyzer: Analyzer, encoder: SentenceEncoder
) -> ModelParts | None:
    """Return what the language model does, None without the setting."""
    if not settings.llm_base_url:
        return None
    from qa.writing.model_client import ModelClient, ModelServer  # httpx takes 0.1 s

    key, names = settings.llm_key.get_secret_value(), Names(analyzer)
    server = ModelServer(settings.llm_base_url, settings.llm_model, key, settings.llm_timeout)
    model = ModelClient(server)
    writer = Writer(model, names, encoder, settings.llm_budget)
    rewrites = settings.llm_follow_ups
    return ModelParts(writer, FollowUpRewriter(model, names, encoder) if rewrites else None)


def required_writer(settings: Settings, analyzer: Analyzer, encoder: SentenceEncoder) -> Writer:
    """Return what has answers written.

    Raises:
        UsageError: no model is set.
    """
    parts = model_parts_of(settings, analyzer, encoder)
    if parts is None:
        raise UsageError("No language model is set: set YIJU_LLM_BASE_URL and YIJU_LLM_MODEL.")
    return parts.writer
