"""The target contents of the store follow from its contents so far and the files under PATHs."""

import os
from pathlib import Path

import pytest

from index.article import PartlyRead
from index.build.reading.plan import Plan
from index.build.reading.read_pages import Web
from index.build.scan import Scan, not_kept
from index.build.session import Options
from index.errors import ArticleError
from index.ingest.read import Reading, read_file
from index.ingest.reading_aids import ReadingAids
from index.library.content import LibraryEntry
from index.library.entries import Entries
from index.library.rebuild_state import ScanNotes
from index.progress import silent
from tests.support.documents import archive, word, word_paragraph
from tests.support.small_index import SmallIndex, texts_by_id


def entry(article: str, path: str = "") -> LibraryEntry:
    return LibraryEntry(article, f"content of {path or article}", path or f"/in/{article}", "", "1")


def test_the_first_file_to_claim_an_id_has_it_and_the_second_fails_by_name(tmp_path: Path) -> None:
    first, second = str(tmp_path / "1"), str(tmp_path / "2")
    Path(first).touch()
    plan = Plan()
    plan.claim(entry("a", first))
    plan.claim(entry("a", second))
    plan.claim(entry("a", first))
    assert plan.put == {"a": entry("a", first)}
    assert [(failure.where, failure.reason) for failure in plan.failed] == [
        (second, f"its id “a” is already taken by {first}; rename one of them.")
    ]


def test_a_file_that_is_gone_gives_up_its_id(tmp_path: Path) -> None:
    plan = Plan()
    plan.claim(entry("a", str(tmp_path / "gone")))
    plan.claim(entry("a", str(tmp_path / "2")))
    assert plan.put == {"a": entry("a", str(tmp_path / "2"))}
    assert plan.failed == []


def test_without_storing_the_same_is_planned(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "甲国投资了100万美元，乙国没有投资。")
    corpus.put_lines("b.jsonl", {"id": "b", "text": "乙。"}, {"text": "丙。"})
    scan = Scan([corpus.articles], Web(), Entries(), ScanNotes(), Options())
    plan = scan.plan(scan.files(silent, 1, not_kept))
    corpus.rebuild()
    assert sorted(plan.put) == sorted(texts_by_id(corpus.catalogue()))
    assert not any(plan.failed)


def test_what_of_a_document_is_not_read_is_planned_to_be_told(tmp_path: Path) -> None:
    object_ = word_paragraph("<w:r><w:object/></w:r>")
    data = word(word_paragraph("乙国投资了两次。") + object_ * 2)
    (tmp_path / "a.docx").write_bytes(data)
    (tmp_path / "b.zip").write_bytes(archive({"c/d.docx": data}))
    scan = Scan([tmp_path], Web(), Entries(), ScanNotes(), Options())
    plan = scan.plan(scan.files(silent, 1, not_kept))
    what = "2 embedded documents"
    assert plan.unread == [
        PartlyRead(str(tmp_path / "a.docx"), what),
        PartlyRead(str(tmp_path / "b.zip/c/d.docx"), what),
    ]


def test_no_article_at_all_is_told_with_the_first_reason(tmp_path: Path) -> None:
    with pytest.raises(ArticleError) as refused:
        Scan([tmp_path], Web(), Entries(), ScanNotes(), Options())
    assert str(refused.value) == (
        f"No article found in {tmp_path}; nothing was changed. Articles are .txt, .md, .html, "
        ".pdf, .docx, .odt, .pptx, .xlsx, .csv, .epub, .eml, .json and .jsonl files, and .zip "
        "archives of these."
    )
    (tmp_path / "a.txt").write_bytes(b"")
    scan = Scan([tmp_path], Web(), Entries(), ScanNotes(), Options())
    with pytest.raises(ArticleError, match=r"of these\. .*a\.txt: is empty\.$"):
        scan.plan(scan.files(silent, 1, not_kept))


def test_added_changed_removed_and_unchanged_are_counted(corpus: SmallIndex) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        corpus.put(name, f"这是{name}的第一版，说了一些事情。")
    report = corpus.rebuild()
    assert (report.added, report.changed, report.removed, report.unchanged) == (3, 0, 0, 0)
    corpus.put("b.txt", "这是第二版，说了别的事情。")
    (corpus.articles / "c.txt").unlink()
    corpus.put("d.txt", "这是新的一篇，说了新的事情。")
    corpus.put("e.txt", "这又是新的一篇，说了更新的事情。")
    report = corpus.rebuild()
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 1, 1, 1)
    assert sorted(texts_by_id(corpus.catalogue())) == ["a.txt", "b.txt", "d.txt", "e.txt"]


def test_a_file_that_fails_keeps_its_earlier_version_until_it_is_sound(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是第一版，说了一些事情。")
    corpus.put("b.txt", "这是另一篇，说了别的事情。")
    corpus.rebuild()
    corpus.put("a.txt", "")
    for _ in range(2):
        report = corpus.rebuild()
        assert [failure.reason for failure in report.failed] == ["is empty."]
        assert texts_by_id(corpus.catalogue())["a.txt"] == "这是第一版，说了一些事情。"
    corpus.put("a.txt", "这是第二版，说了一些事情。")
    report = corpus.rebuild()
    assert (report.failed, report.changed) == ([], 1)
    assert texts_by_id(corpus.catalogue())["a.txt"] == "这是第二版，说了一些事情。"


def test_a_damaged_line_keeps_the_earlier_article_of_its_file(corpus: SmallIndex) -> None:
    lines = ({"id": "x", "text": "第一版。"}, {"id": "y", "text": "另一篇。"})
    corpus.put_lines("a.jsonl", *lines)
    corpus.rebuild()
    corpus.put("a.jsonl", '{"id": "x", "text": "第二版。"}\n{"id": "y", "text": \n')
    report = corpus.rebuild()
    assert len(report.failed) == 1
    assert texts_by_id(corpus.catalogue()) == {"x": "第二版。", "y": "另一篇。"}
    corpus.put("a.jsonl", '{"id": "x", "text": "第二版。"}\n')
    assert corpus.rebuild().removed == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_fails_by_name(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.put("b.txt", "这是另一篇，说了别的事情。")
    (corpus.articles / "b.txt").chmod(0)
    report = corpus.rebuild()
    assert [(failure.where, failure.reason) for failure in report.failed] == [
        (str(corpus.articles / "b.txt"), "can't be read: Permission denied.")
    ]


def test_files_of_kinds_that_are_not_read_are_told(corpus: SmallIndex) -> None:
    corpus.put("a.markdown", "# 灯塔\n\n灯塔高三十米，每晚亮灯十小时。")
    corpus.put("b.yaml", "高: 30")
    corpus.put("c.png", "")
    report = corpus.rebuild()
    assert [failure.where for failure in report.failed] == [str(corpus.articles / "b.yaml")]
    assert (report.added, report.notes) == (1, ["Files that are no articles: 1 .png."])


def test_what_came_from_other_paths_stays(corpus: SmallIndex) -> None:
    corpus.put("一/a.txt", "这是第一个文件夹里的一篇。")
    corpus.put("二/b.txt", "这是第二个文件夹里的一篇。")
    corpus.put("二十/c.txt", "名字开头相同的文件夹里的一篇。")
    for part in ("一", "二", "二十"):
        corpus.rebuild(None, corpus.articles / part)
    (corpus.articles / "一" / "a.txt").unlink()
    (corpus.articles / "二十" / "c.txt").unlink()
    corpus.put("二/b.txt", "这是第二个文件夹里改了的一篇。")
    report = corpus.rebuild(None, corpus.articles / "二")
    assert (report.changed, report.removed, report.unchanged) == (1, 0, 2)
    assert sorted(texts_by_id(corpus.catalogue())) == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_that_was_moved_is_found_where_it_is_now(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    moved = corpus.articles.with_name("elsewhere")
    corpus.articles.rename(moved)
    report = corpus.rebuild(None, moved)
    assert (report.removed, report.unchanged, report.failed) == (0, 1, [])


def test_what_came_from_a_path_that_is_gone_is_removed(corpus: SmallIndex) -> None:
    corpus.put("一/a.txt", "这是第一个文件夹里的一篇。")
    corpus.put("二/b.txt", "这是第二个文件夹里的一篇。")
    first, second = corpus.articles / "一", corpus.articles / "二"
    corpus.rebuild(None, first, second)
    (first / "a.txt").unlink()
    first.rmdir()
    report = corpus.rebuild(None, first, second)
    assert (report.removed, report.unchanged, report.failed) == (1, 1, [])
    with pytest.raises(ArticleError, match="does not exist"):
        corpus.rebuild(None, corpus.articles / "三")  # a slip of the pen removes nothing


def test_two_files_with_one_id_fail_and_the_earlier_one_stays(corpus: SmallIndex) -> None:
    corpus.put("一/a.txt", "这是第一个文件夹里的一篇。")
    corpus.rebuild(None, corpus.articles / "一")
    corpus.put("二/a.txt", "这是第二个文件夹里的一篇。")
    report = corpus.rebuild(None, corpus.articles / "一", corpus.articles / "二")
    assert len(report.failed) == 2
    assert all(
        "a.txt" in failure.where and "same id “a.txt”" in failure.reason
        for failure in report.failed
    )
    assert texts_by_id(corpus.catalogue()) == {"a.txt": "这是第一个文件夹里的一篇。"}


def test_an_id_of_another_path_is_not_taken_over(corpus: SmallIndex) -> None:
    corpus.put("一/a.txt", "这是第一个文件夹里的一篇。")
    corpus.put("二/a.txt", "这是第二个文件夹里的一篇。")
    corpus.rebuild(None, corpus.articles / "一")
    report = corpus.rebuild(None, corpus.articles / "二")
    assert ["already taken by" in failure.reason for failure in report.failed] == [True]
    assert texts_by_id(corpus.catalogue()) == {"a.txt": "这是第一个文件夹里的一篇。"}


def test_an_id_that_was_taken_is_got_when_it_is_free_again(corpus: SmallIndex) -> None:
    corpus.put_lines("a.jsonl", {"id": "x", "text": "甲的。"})
    corpus.put_lines("b.jsonl", {"id": "x", "text": "乙的。"}, {"id": "y", "text": "别的。"})
    assert len(corpus.rebuild().failed) == 1
    (corpus.articles / "a.jsonl").unlink()
    corpus.rebuild()
    assert texts_by_id(corpus.catalogue()) == {"x": "乙的。", "y": "别的。"}


def test_an_id_that_is_taken_is_told_by_every_rebuild(corpus: SmallIndex) -> None:
    corpus.put_lines("a.jsonl", {"id": "x", "text": "甲的。"})
    corpus.put_lines("b.jsonl", {"id": "x", "text": "乙的。"}, {"id": "y", "text": "别的。"})
    assert [len(corpus.rebuild().failed) for _ in range(2)] == [1, 1]


def test_a_new_file_does_not_take_an_id_from_one_that_has_it(corpus: SmallIndex) -> None:
    corpus.put_lines("b.jsonl", {"id": "x", "text": "乙的。"})
    corpus.rebuild()
    corpus.put_lines("a.jsonl", {"id": "x", "text": "甲的。"})
    assert len(corpus.rebuild().failed) == 1
    assert texts_by_id(corpus.catalogue()) == {"x": "乙的。"}


def test_a_file_known_by_its_bytes_is_not_read_unless_afresh(
    corpus: SmallIndex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    corpus.put("a.txt", "这是一篇，说了一些事情。")
    corpus.rebuild()
    log = tmp_path / "read"
    log.touch()

    def noted(name: str, data: bytes, *, aids: ReadingAids) -> Reading:
        with log.open("a", encoding="utf-8") as file:  # files are read in another process
            file.write(f"{name}\n")
        return read_file(name, data, aids=aids)

    def read() -> list[str]:
        return log.read_text(encoding="utf-8").split()

    monkeypatch.setattr("index.build.reading.read_files.read_file", noted)
    corpus.rebuild()
    assert read() == []
    corpus.rebuild(full=True)
    assert read() == ["a.txt"]
    monkeypatch.setattr("index.ingest.read.INGEST_VERSION", "another reader")
    corpus.rebuild()
    assert read() == ["a.txt"] * 2
