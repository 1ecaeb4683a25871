"""The dependencies of the routes; `yiju.py` creates them and hands them to `create_app`."""

from dataclasses import dataclass

from index.build.edits import Editor
from index.ingest.upload_reader import UploadReader
from index.search.live import IndexSource
from index.settings import Settings
from qa.answerer import Answerer
from qa.feedback.answer_memory import AnswerMemory
from qa.feedback.feedback_store import FeedbackStore
from web.rebuild_process import Rebuilder
from web.writing.writing_desk import WritingDesk

_READ_ONLY = "This server is read-only (YIJU_READ_ONLY). Make changes where it is run."
_FROM_MILVUS = (
    "This server answers from Milvus and changes nothing. Make changes where the index is built, "
    "and publish them with: yiju rebuild --engine milvus"
)


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """Largest size of a body and of an upload in bytes, and what may be changed.

    `mcp_tools` are the changing tools that assistants may use, unless all is read-only; `refusal`
    is what is said of all other changes then.
    """

    body: int
    upload: int
    read_only: bool
    mcp_tools: tuple[str, ...] = ()
    refusal: str = _READ_ONLY

    @classmethod
    def of(cls, settings: Settings) -> "ServerLimits":
        """Take the limits that are set."""
        tools = tuple(settings.listed_mcp_tools)
        in_milvus = bool(settings.milvus_uri)
        read_only, refusal = settings.read_only or in_milvus, _READ_ONLY
        if in_milvus:
            refusal = _FROM_MILVUS
        return cls(settings.max_body, settings.max_upload, read_only, tools, refusal)


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
