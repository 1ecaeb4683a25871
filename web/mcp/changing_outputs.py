"""What the changing tools return. Docstrings are shown to assistants."""

from typing import Self

from pydantic import BaseModel

from index.build.edits import Upload
from index.store.lock import WriterStatus
from web.mcp.tool_output import ToolOutput


class AddOutput(ToolOutput):
    """The article that can be searched from `index_version` on."""

    id: str
    title: str
    index_version: str

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """Describe an upload of one article."""
        (article,) = upload.articles
        return cls(id=article.id, title=article.title, index_version=upload.index_version)

    @property
    def notice(self) -> str:
        """Since when it counts."""
        return f"The article is there from index version {self.index_version} on."

    @property
    def article_text(self) -> str:
        """Its id and title."""
        return f"{self.title or 'untitled'}; article {self.id}"


class DeleteOutput(ToolOutput):
    """The article that is no longer there."""

    deleted: str

    @property
    def notice(self) -> str:
        """What was done."""
        return f"The article {self.deleted!r} was deleted."


class RebuildProgress(BaseModel):
    """How far a rebuild is."""

    state: str
    done: int
    total: int


class RebuildOutput(ToolOutput):
    """A rebuild that was started; results tell by their `index_version` when it has ended."""

    rebuild: RebuildProgress

    @classmethod
    def of(cls, status: WriterStatus) -> Self:
        """Describe a rebuild that has just begun."""
        progress = RebuildProgress(state=status.state, done=status.done, total=status.total)
        return cls(rebuild=progress)

    @property
    def notice(self) -> str:
        """What was done."""
        return "A rebuild was started. Until it has ended, answers come from the index before."
