"""Open the parts that the settings name; whoever connects them takes them from here."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.errors import UsageError
from index.milvus.followed_alias import FollowedAlias
from index.milvus.milvus_server import READ_WITHIN, MilvusServer
from index.milvus.published import PublishedVersions
from index.models.encoder import Encoder
from index.models.loading import (
    BUNDLED,
    encoder_of,
    open_reader,
    open_reranker,
)
from index.search.live import IndexSource, LiveIndex
from index.search.searcher import SearchModels
from index.settings import Settings
from index.store.manifest import FileSums
from index.store.store import Store
from index.text.analyzer import Analyzer
from python_api.writing_parts import ModelParts, model_parts_of
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.entities.names import Names

if TYPE_CHECKING:
    from qa.suggestions.suggester import Suggester


def models_of(settings: Settings, encoder: Encoder | None = None) -> SearchModels:
    """Open the models of a search; the encoder may be open already."""
    reranker = open_reranker(settings.cross_encoder, settings.model_download)
    return SearchModels.of(encoder or encoder_of(settings), reranker)


def answerer_of(
    settings: Settings, models: SearchModels, analyzer: Analyzer, model: ModelParts | None = None
) -> Answerer:
    """Open what answers questions; a language `model` adds to answers, if one is set."""
    # Where the search uses the bundled encoder, loading it again would take 100 MB.
    is_used = settings.model == BUNDLED or models.sentence_encoder is not models.encoder
    encoder = models.sentence_encoder if is_used else None
    reader = open_reader(settings.reader, settings.model_download)
    thresholds = Thresholds(settings.threshold, settings.possible)
    return Answerer.load(analyzer, thresholds, encoder, reader, model)


def milvus_of(settings: Settings, read_within: float = READ_WITHIN) -> MilvusServer:
    """Return the Milvus server that is set; nothing is sent to it yet.

    Raises:
        UsageError: none is set.
        ModelError: its packages are not installed.
    """
    if not settings.milvus_uri:
        raise UsageError("No Milvus server is set. Set YIJU_MILVUS_URI, as http://127.0.0.1:19530")
    return MilvusServer(settings.milvus_uri, settings.milvus_token.get_secret_value(), read_within)


def published_of(settings: Settings) -> PublishedVersions:
    """Return the index versions in the Milvus server that is set.

    Raises:
        UsageError: none is set.
        ModelError: its packages are not installed.
    """
    return PublishedVersions(milvus_of(settings))


def source_of(
    settings: Settings, models: SearchModels, analyzer: Analyzer, sums: FileSums
) -> IndexSource:
    """Return what a server answers from: Milvus if it is set, else the store.

    `sums` tell what was checked already.
    """
    if settings.milvus_uri:
        return FollowedAlias(milvus_of(settings), models, analyzer)
    return LiveIndex(Store(settings.store), models, analyzer, sums=sums)


def suggester_of(settings: Settings, encoder: Encoder, analyzer: Analyzer) -> "Suggester":
    """Return what makes suggestions; it opens what answers when there is something to ask."""
    from qa.suggestions.suggester import Asking, Suggester  # which asking does not need

    @cache
    def asking() -> Asking:
        parts = AskingParts.of(settings, encoder, analyzer)
        return Asking(parts.answerer, parts.live.searcher())

    return Suggester(Names(analyzer), asking)


@dataclass(frozen=True, slots=True)
class AskingParts:
    """What a question to a store needs; each part loads when it is first used."""

    analyzer: Analyzer
    models: SearchModels
    live: LiveIndex
    answerer: Answerer

    @classmethod
    def of(
        cls,
        settings: Settings,
        encoder: Encoder | None = None,
        analyzer: Analyzer | None = None,
        *,
        writes: bool = False,
    ) -> "AskingParts":
        """Open them; encoder and analyzer may be open already.

        If `writes`, a language model adds to answers, if the settings name one.

        Raises:
            ModelError: a model is not on this machine.
        """
        models, analyzer = models_of(settings, encoder), analyzer or Analyzer()
        live = LiveIndex(Store(settings.store), models, analyzer)
        model = model_parts_of(settings, analyzer, models.sentence_encoder) if writes else None
        return cls(analyzer, models, live, answerer_of(settings, models, analyzer, model))
