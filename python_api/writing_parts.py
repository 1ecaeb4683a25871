"""Open the language model that the settings name, if they name one."""

from index.errors import UsageError
from index.models.encoder import SentenceEncoder
from index.settings import Settings
from index.text.analyzer import Analyzer
from qa.entities.names import Names
from qa.writing.writer import Writer


def writer_of(settings: Settings, analyzer: Analyzer, encoder: SentenceEncoder) -> Writer | None:
    """Return what has answers written, None without the setting."""
    if not settings.llm_base_url:
        return None
    from qa.writing.model_client import ModelClient, ModelServer  # httpx takes 0.1 s

    key = settings.llm_key.get_secret_value()
    server = ModelServer(settings.llm_base_url, settings.llm_model, key, settings.llm_timeout)
    return Writer(ModelClient(server), Names(analyzer), encoder, settings.llm_budget)


def required_writer(settings: Settings, analyzer: Analyzer, encoder: SentenceEncoder) -> Writer:
    """Return what has answers written.

    Raises:
        UsageError: no model is set.
    """
    writer = writer_of(settings, analyzer, encoder)
    if writer is None:
        raise UsageError("No language model is set: set YIJU_LLM_BASE_URL and YIJU_LLM_MODEL.")
    return writer
