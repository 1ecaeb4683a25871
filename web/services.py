"""The dependencies of the routes; `yiju.py` creates them and hands them to `create_app`."""

from dataclasses import dataclass

from index.build.edits import Editor
from index.ingest.upload_reader import UploadReader
from index.search.live import LiveIndex
from index.settings import Settings
from qa.answerer import Answerer
from qa.feedback.answer_memory import AnswerMemory
from qa.feedback.feedback_store import FeedbackStore
from web.rebuild_process import Rebuilder


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """Largest size of a body and of an upload in bytes, and whether nothing may be changed."""

    body: int
    upload: int
    read_only: bool

    @classmethod
    def of(cls, settings: Settings) -> "ServerLimits":
        """Take the limits that are set."""
        return cls(settings.max_body, settings.max_upload, settings.read_only)


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that handle requests, the limits, and Yiju's version."""

    live: LiveIndex
    answerer: Answerer
    editor: Editor
    upload_reader: UploadReader
    rebuilder: Rebuilder
    feedback: FeedbackStore
    memory: AnswerMemory
    limits: ServerLimits
    version: str
