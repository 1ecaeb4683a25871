"""Open an Office document: a zip of parts that name each other by relations (ECMA-376, OPC).

Read with lxml and not with python-docx, which gives up a whole document for a relation to a part
that isn't there, and like python-pptx for the form that Office saves as “Strict Open XML”. Only the
parts that are asked for are unpacked. What they say is left to the readers of the formats.
"""

import datetime
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from lxml import etree

from index.errors import ArticleError
from index.ingest.sources.safe_zip import Allowance, DamagedError, inflate, open_zip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
"""The attribute by which an element names a relation of its part."""

# The Strict form has the same elements under names of its own.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_MAX_SIZE = 200_000_000
# A text of 20 million characters takes 60 MB, and its tree twenty times that.
_MAX_XML_SIZE = 60_000_000
_MAX_TAGS = 2_000_000


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says of another: its kind (`footnotes`, `image`), and where it is."""

    kind: str
    target: str
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """What a document declares of itself."""

    title: str = ""
    author: str = ""
    created: datetime.datetime | None = None


@dataclass
class OfficePackage:
    """The parts of a document by their names, `word/document.xml`; `kind` is what it should be."""

    data: bytes
    kind: str
    _allowance: Allowance = field(init=False, default_factory=lambda: Allowance(_MAX_SIZE))
    _related: dict[str, dict[str, Relation]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Open the package.

        Raises:
            ArticleError: it needs a password, or is no package.
        """
        if self.data.startswith(_OLE):
            raise ArticleError(
                f"needs a password, or is an old .{self.kind[:-1]} file under a new name; "
                f"save it as .{self.kind}."
            )
        try:
            self._archive = open_zip(self.data)
        except DamagedError as error:
            raise self.damaged() from error
        self.names = frozenset(self._archive.namelist())
        self._folded = {name.lower(): name for name in self.names}

    def damaged(self) -> ArticleError:
        """Return the error of a document that is broken."""
        return ArticleError(
            f"is damaged or no .{self.kind} document; open it and save it anew as .{self.kind}."
        )

    @cached_property
    def main(self) -> str:
        """The name of the part that the document begins with.

        Raises:
            ArticleError: there is none.
        """
        name = next(self.related("", "officeDocument"), None)
        if name is None:
            raise self.damaged()
        return name

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relations of a part by their ids; empty without any."""
        if name not in self._related:
            self._related[name] = self._relations_of(name)
        return self._related[name]

    def _relations_of(self, name: str) -> dict[str, Relation]:
        folder, file = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {
            element.get("Id", ""): _relation(element, folder)
            for element in (() if root is None else root.iter(_RELATIONS))
        }

    def related(self, name: str, kind: str) -> Iterator[str]:
        """Yield the names of the parts of a kind that a part is related to and that are there."""
        for relation in self.relations(name).values():
            if relation.kind == kind and not relation.is_external and self.has(relation.target):
                yield relation.target

    def has(self, name: str) -> bool:
        """Return whether a part is there; a relation may name one that isn't."""
        return name.lower() in self._folded

    def part(self, name: str, most: int = _MAX_SIZE) -> bytes:
        """Return the bytes of a part; empty if it is not there.

        Raises:
            ArticleError: it unpacks to too much, or is damaged.
        """
        if not self.has(name):
            return b""
        member = self._archive.getinfo(self._folded[name.lower()])
        try:
            return inflate(self._archive, member, most, self._allowance)
        except DamagedError as error:
            raise self.damaged() from error

    def tree(self, name: str) -> etree._Element | None:
        """Return the root of a part in XML, in the names of the common form; None without it.

        Raises:
            ArticleError: it is too large, or damaged.
        """
        content = self.part(name, _MAX_XML_SIZE)
        return self._parsed(content) if content else None

    def _parsed(self, content: bytes) -> etree._Element:
        if content.count(b"<") > _MAX_TAGS:  # each takes 200 bytes when parsed
            raise ArticleError("holds too many paragraphs, cells or runs; split it.")
        # No program writes a DTD; entities in it may expand to gigabytes.
        if b"<!DOCTYPE" in content:
            raise ArticleError("holds a DTD, which no Office document has, and was not read.")
        content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", content)
        try:
            return etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        except (etree.LxmlError, ValueError) as error:
            raise self.damaged() from error

    @cached_property
    def properties(self) -> DocumentProperties:
        """What the document declares of itself."""
        name = next(self.related("", "core-properties"), "")
        root = self.tree(name) if name else None
        if root is None:
            return DocumentProperties()
        return DocumentProperties(
            title=root.findtext(f"{_DUBLIN}title") or "",
            author=root.findtext(f"{_DUBLIN}creator") or "",
            created=_time(root.findtext(f"{_TERMS}created") or ""),
        )


def _relation(element: etree._Element, folder: str) -> Relation:
    target = unquote(element.get("Target", ""))
    inside = target[1:] if target.startswith("/") else posixpath.join(folder, target)
    return Relation(
        kind=element.get("Type", "").rpartition("/")[2],
        target=posixpath.normpath(inside),
        is_external=element.get("TargetMode") == "External",
    )


def _time(value: str) -> datetime.datetime | None:
    """Parse a time of day in ISO 8601.

    >>> _time("2016-09-30T08:00:00Z")
    datetime.datetime(2016, 9, 30, 8, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        time = datetime.datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
