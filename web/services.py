"""The dependencies of the routes; `yiju.py` creates them and hands them to `create_app`."""

from dataclasses import dataclass

from index.build.edits import Editor
from index.ingest.upload_reader import UploadReader
from index.search.index_source import IndexSource
from index.settings import Settings
from qa.answerer import Answerer
from qa.feedback.answer_memory import AnswerMemory
from qa.feedback.feedback_store import FeedbackStore
from web.rebuild_process import Rebuilder
from web.writing.writing_desk import WritingDesk


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """Largest size of a body and of an upload in bytes, and what may be changed.

    `mcp_tools` are the changing tools that assistants may use, unless all is read-only.
    """

    body: int
    upload: int
    read_only: bool
    mcp_tools: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> "ServerLimits":
        """Take the limits that are set."""
        tools = tuple(settings.listed_mcp_tools)
        return cls(settings.max_body, settings.max_upload, settings.read_only, tools)


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that handle requests, the limits, Yiju's version, and who writes, if anybody."""

    live: IndexSource
    answerer: Answerer
    editor: Editor
    upload_reader: UploadReader
    rebuilder: Rebuilder
    feedback: FeedbackStore
    memory: AnswerMemory
    limits: ServerLimits
    version: str
    desk: WritingDesk | None = None
