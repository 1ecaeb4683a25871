"""Files in an archive are read under their own names, and one bad member never stops the others."""

import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Failure
from index.errors import ArticleError
from index.ingest.read import read_file
from index.ingest.sources.archive import ARCHIVE_LIMITS, ArchiveLimits, Member, members, name_of
from tests.support.documents import archive, docx, lines_pdf

PROSE = "近年来，各国投入很大，成果很多。"


def read(
    data: bytes, limits: ArchiveLimits = ARCHIVE_LIMITS
) -> tuple[dict[str, str], dict[str, str]]:
    """Return texts by id, and reasons by path."""
    articles, failures = read_file("包.zip", data, limits)
    assert len({article.id for article in articles}) == len(articles)
    return (
        {article.id: article.text for article in articles},
        {failure.where: failure.reason for failure in failures},
    )


def named(name: bytes) -> bytes:
    """Return an archive of a single text, its name written as these bytes."""
    return archive({"x" * len(name): PROSE}).replace(b"x" * len(name), name)


def test_every_kind_of_article_in_an_archive_is_read_under_its_path() -> None:
    data = archive(
        {
            "新闻/2016/a.txt": PROSE,
            "b.MD": "# 标题",
            "c.html": f"<p>{PROSE}</p>",
            "d.jsonl": '{"id": "x", "text": "甲"}\n{"text": "乙"}\n{',
            "e.docx": docx(lambda document: document.add_paragraph(PROSE)),
            "f.pdf": lines_pdf("　　" + PROSE),
            "图/": "",
            "g.png": b"x",
            "__MACOSX/._a.txt": "x",
            ".DS_Store": "x",
            "~$e.docx": "x",
        }
    )
    texts, reasons = read(data)
    unnamed = "包.zip/d.jsonl#" + hashlib.sha256("乙".encode()).hexdigest()[:8]
    assert texts == {
        "包.zip/新闻/2016/a.txt": PROSE,
        "包.zip/b.MD": "标题",
        "包.zip/c.html": PROSE,
        "x": "甲",
        unnamed: "乙",
        "包.zip/e.docx": PROSE,
        "包.zip/f.pdf": PROSE,
    }
    assert list(reasons) == ["包.zip/d.jsonl:3"]


def test_each_bad_member_fails_by_name_and_the_others_survive() -> None:
    data = archive(
        {
            "a.txt": PROSE,
            "b.txt": bytes(64),
            "c.txt": " ",
            "d.doc": b"x",
            "e.zip": archive({"f.txt": PROSE}),
            "g.7z": b"x",
            "/h.txt": PROSE,
            "i/../../j.txt": PROSE,
            "C:/k.txt": PROSE,
            "l.pdf": b"x",
        }
    )
    texts, reasons = read(data)
    outside = "has a path that leads out of the archive, and was not read."
    assert texts == {"包.zip/a.txt": PROSE}
    assert reasons == {
        "包.zip/b.txt": "is not text (it looks like binary data); save it as UTF-8 text.",
        "包.zip/c.txt": "is empty.",
        "包.zip/d.doc": "DOC files are not supported; save the document as .docx, "
        "or set YIJU_LIBREOFFICE.",
        "包.zip/e.zip": "is an archive within an archive; unpack it.",
        "包.zip/g.7z": "7Z archives are not supported; unpack it, or pack it as .zip.",
        "包.zip//h.txt": outside,
        "包.zip/i/../../j.txt": outside,
        "包.zip/C:/k.txt": outside,
        "包.zip/l.pdf": "is damaged or no PDF; open it and save it anew.",
    }


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("新闻/城市.txt".encode(), "新闻/城市.txt"),
        ("新闻/城市.txt".encode("gb18030"), "新闻/城市.txt"),
        ("新聞/國際.txt".encode("big5"), "新聞/國際.txt"),
        ("新闻\\城市.txt".encode("gb18030"), "新闻/城市.txt"),
        ("Übersicht.txt".encode("cp437"), "Übersicht.txt"),
        (b"plain.txt", "plain.txt"),
    ],
)
def test_names_without_a_mark_are_decoded_as_their_writer_meant_them(raw: bytes, name: str) -> None:
    texts, reasons = read(named(raw))
    assert (texts, reasons) == ({f"包.zip/{name}": PROSE}, {})


def test_the_name_in_a_unicode_field_goes_first_unless_it_is_of_another_file() -> None:
    def field(raw: bytes) -> bytes:
        content = struct.pack("<BL", 1, zlib.crc32(raw)) + "城市.txt".encode()
        return struct.pack("<HH", 0x7075, len(content)) + content

    member = zipfile.ZipInfo("city.txt")
    member.extra = field(b"city.txt")
    assert name_of(member) == "城市.txt"
    member.extra = b"\1\0\2\0ab" + field(b"town.txt")
    assert name_of(member) == "city.txt"


def test_links_and_locked_and_oddly_packed_members_are_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        link = zipfile.ZipInfo("link.txt")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        zipped.writestr(link, "/etc/passwd")
        zipped.writestr("odd.txt", PROSE, zipfile.ZIP_BZIP2)
        zipped.writestr("a\n.txt", PROSE)
        zipped.writestr("fine.txt", PROSE)
    _, reasons = read(data.getvalue())
    assert reasons == {
        "包.zip/link.txt": "is a link and is not followed; put the file itself into the archive.",
        "包.zip/odd.txt": "is packed in an uncommon way; pack it anew as an ordinary zip.",
        "包.zip/a\n.txt": "has control characters in its name; rename it.",
    }
    locked = bytearray(archive({"a.txt": PROSE}))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        locked[locked.index(mark) + place] |= 1
    reason = "needs a password; unpack it and take the files."
    assert read(bytes(locked)) == ({}, {"包.zip/a.txt": reason})


def test_a_damaged_member_fails_alone() -> None:
    data = archive({"a.txt": PROSE, "b.txt": PROSE}, zipfile.ZIP_STORED)
    broken = data.replace(PROSE.encode(), PROSE.encode()[:-1] + b"\0", 1)
    assert read(broken) == (
        {"包.zip/b.txt": PROSE},
        {"包.zip/a.txt": "is damaged; pack it anew."},
    )


@pytest.mark.parametrize("data", [b"", b"hello", archive({"a.txt": PROSE})[:-30]])
def test_other_data_is_refused(data: bytes) -> None:
    assert read(data) == ({}, {"包.zip": "is damaged or no zip archive; make it anew."})


def test_an_archive_without_articles_says_so() -> None:
    assert read(archive({"a.png": b"x"})) == ({}, {"包.zip": "holds no articles."})


def test_articles_in_json_can_not_share_an_id() -> None:
    line = '{"id": "x", "text": "甲"}'
    texts, reasons = read(archive({"a.jsonl": line, "b.jsonl": line}))
    assert texts == {"x": "甲"}
    reason = "has the id “x” of another article in the archive; give it another one."
    assert reasons == {"包.zip/b.jsonl": reason}


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_of_two_members_of_the_same_name_the_first_is_taken() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        zipped.writestr("a.txt", PROSE)
        zipped.writestr("a.txt", "另一篇。")
    reason = "is there twice under one name; the first was taken."
    assert read(data.getvalue()) == ({"包.zip/a.txt": PROSE}, {"包.zip/a.txt": reason})


def test_a_bomb_is_refused_and_the_others_are_read() -> None:
    texts, reasons = read(archive({"bomb.txt": b" " * 20_000_000, "a.txt": PROSE}))
    assert texts == {"包.zip/a.txt": PROSE}
    assert reasons == {"包.zip/bomb.txt": "unpacks to suspiciously much and was not read."}


def test_limits_count_the_bytes_unpacked_not_those_declared() -> None:
    big = (PROSE * 15_000).encode()
    data = archive({"a.txt": big, "b.txt": big * 2, "c.txt": big})
    unpacked = members(data, ArchiveLimits(total=2_000_000, each=1_000_000))
    assert next(unpacked) == Member("a.txt", big)
    assert next(unpacked) == Failure("b.txt", "unpacks to more than 1 MB; split it.")
    with pytest.raises(ArticleError, match=r"^unpacks to more than 2 MB; split it\.$"):
        next(unpacked)


def test_an_archive_of_too_many_files_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"^holds more than 2 files; split it\.$"):
        next(members(archive({"a": "", "b": "", "c": ""}), ArchiveLimits(files=2)))


def test_articles_before_the_limit_of_an_archive_are_kept() -> None:
    data = archive({"a.txt": PROSE, "b.txt": PROSE * 50_000})
    texts, reasons = read(data, ArchiveLimits(total=2_000_000))
    assert texts == {"包.zip/a.txt": PROSE}
    assert reasons == {"包.zip": "unpacks to more than 2 MB; split it."}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_broken_archive_gives_articles_or_reasons(data: st.DataObject) -> None:
    whole = bytearray(archive({"新闻/a.txt": PROSE, "b.md": "# 标题", "c.png": b"x"}))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    texts, reasons = read(bytes(whole))
    assert texts or reasons
    assert all(reason.endswith(".") for reason in reasons.values())


def test_a_failure_is_of_the_kind_that_files_have() -> None:
    _, failures = read_file("a.zip", archive({"b.doc": b"x"}))
    advice = "save the document as .docx, or set YIJU_LIBREOFFICE."
    assert failures == [Failure("a.zip/b.doc", f"DOC files are not supported; {advice}")]
