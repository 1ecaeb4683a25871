"""Put the server's parts together: those that its processes share, and those of each."""

import gc
import sys
from collections.abc import Callable
from importlib.metadata import version as installed_version
from typing import Any

from index.access.access_key import Right
from index.access.key_file import KeyFile
from index.build.builder import Builder
from index.build.edits import Editor
from index.build.suggest import Suggesting
from index.ingest.reading_aids import ReadingAids
from index.ingest.upload_reader import UploadReader
from index.models.loading import open_reader
from index.settings import Settings
from index.store.manifest import FileSums
from index.store.store import Store
from index.text.analyzer import Analyzer
from python_api.parts import answerer_of, models_of, source_of
from python_api.webhook_events import unanswered_event, webhooks_of
from python_api.writing_parts import model_parts_of
from qa.entities.names import Names
from qa.feedback.answer_memory import AnswerMemory
from qa.feedback.asked_answer import AskedAnswer
from qa.feedback.feedback_store import FeedbackStore
from qa.suggestions.suggester import Asking, Suggester
from web.access.gate import Gate
from web.access.without_key import WithoutKey, is_local
from web.app import create_app
from web.hosts import AllowedHosts
from web.observing.http_exchange import note_answer
from web.observing.meter import Meter
from web.observing.metrics_routes import Metrics
from web.reach.reach import Reach
from web.rebuild_process import Rebuilder
from web.services import ServerLimits, Services
from web.writing.writing_desk import WritingDesk

FIXED = frozenset(
    "store model model_download question_prompt passage_prompt cross_encoder reader ocr "
    "libreoffice milvus_uri milvus_token".split()
)
"""The settings of what processes share: that is loaded once, before the first of them."""

MakeServices = Callable[[Settings, int], Services]
MakeApp = Callable[[Settings, int], Callable[[], Any]]


def app_factory(settings: Settings, host: str, meter: Meter, sums: FileSums) -> MakeApp:
    """Load what server processes share, without threads; return what makes the app in each.

    It takes the settings, which may have changed but for those in `FIXED`, and how many questions
    a process works on at once.
    """
    make_services = services_factory(settings, sums)

    def make_app(settings: Settings, questions: int) -> Callable[[], Any]:
        hosts = AllowedHosts(host, [*settings.listed_hosts, *settings.public_host])
        ancestors, reach = settings.listed_ancestors, Reach.of(settings)
        metrics = Metrics(meter, settings.metrics)
        return lambda: create_app(
            make_services(settings, questions), hosts, Gate.of(settings, host), ancestors, reach,
            metrics,
        )  # fmt: skip

    return make_app


def access_advice(settings: Settings, host: str) -> str | None:
    """Return what to tell whoever starts a server that others reach, if anything."""
    if is_local(host, settings):
        return None
    right = WithoutKey.of(settings, host).right
    if right is Right.WRITE:
        return "Everybody who reaches this server may change its articles (YIJU_WITHOUT_KEY)."
    if right is Right.NONE and not KeyFile(settings.store).keys():
        return "Whoever asks here needs a key, and there is none yet. Make one: yiju keys add NAME"
    return None


def services_factory(settings: Settings, sums: FileSums) -> MakeServices:
    """Load what processes share, without threads; return what makes the parts of each.

    It takes the settings, and how many questions a process works on at once, for which a language
    model writes, if one is set. `sums` tell what was checked already.
    """
    store, analyzer, models = Store(settings.store), Analyzer(), models_of(settings)
    open_reader(settings.reader, settings.model_download)  # fails now if it can't be opened
    # Here, as all processes together read one upload at a time.
    reader = UploadReader.aided(ReadingAids.of(settings))
    analyzer.load()
    models.load_shared()
    gc.freeze()  # a collection would write to what is shared

    def make_services(settings: Settings, questions: int) -> Services:
        webhooks = webhooks_of(settings)  # which starts no thread before there is an event

        def tell_unanswered(asked: AskedAnswer) -> None:
            if webhooks:
                webhooks.tell(unanswered_event(asked, with_text=settings.keep_questions))

        answerer = answerer_of(settings, models, analyzer)
        models.load()
        answerer.warm_up()
        # What is loaded stays: a collection that goes through it delays a question by 60 ms.
        gc.collect()
        gc.freeze()
        kept, limits = FeedbackStore.of(store), ServerLimits.of(settings)
        options = ["--wait", "30", "--store", str(store.root.absolute())]
        live = source_of(settings, models, analyzer, sums)
        suggester = Suggester(Names(analyzer), lambda: Asking(answerer, live.searcher()))
        suggesting = Suggesting(suggester, settings.suggestions)
        # Here, as threads must not fork.
        builder = Builder(
            store,
            models.encoder,
            analyzer,
            suggesting=suggesting,
            engine=settings.engine,
            sums=sums,
        )
        encoder = models.sentence_encoder
        model = model_parts_of(settings, analyzer, encoder) if questions else None
        return Services(
            live=live,
            answerer=answerer,
            editor=Editor(builder),
            upload_reader=reader,
            rebuilder=Rebuilder(store, [sys.executable, "-m", "yiju", "rebuild", *options]),
            feedback=kept,
            memory=AnswerMemory(
                kept,
                lasts=not limits.read_only,
                keeps_questions=settings.keep_questions,
                on_open=tell_unanswered,
                on_answer=note_answer,
            ),
            limits=limits,
            version=installed_version("yiju"),
            desk=WritingDesk(model.writer, model.rewriter, questions) if model else None,
        )

    return make_services
