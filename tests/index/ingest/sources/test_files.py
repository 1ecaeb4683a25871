"""Article files are listed under their ids, and the others are reported with a reason."""

import os
from pathlib import Path

import pytest

from index.article import Failure
from index.ingest.sources.files import CONVERTIBLE, PICTURES, SourceFile, find_files, passed_over


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def ids(*paths: Path) -> list[str]:
    files, failures = find_files(paths)
    assert failures == []
    return [file.id for file in files]


def test_articles_are_found_in_order_with_the_path_below_the_folder_as_id(tmp_path: Path) -> None:
    write(tmp_path, "b.TXT", "a/z.md", "a/中文 名.html", "c.htm", "d.jsonl", "e.png", "README")
    write(tmp_path, "f.pdf", "g.Docx", "h.zip", "i.markdown")
    assert ids(tmp_path) == [
        *("a/z.md", "a/中文 名.html", "b.TXT", "c.htm", "d.jsonl", "f.pdf", "g.Docx", "h.zip"),
        "i.markdown",
    ]


def test_a_file_given_by_itself_has_its_name_as_id(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    path = tmp_path / "a" / "b.txt"
    assert find_files([path]) == ([SourceFile("b.txt", path, path)], [])


def test_hidden_files_and_folders_are_ignored(tmp_path: Path) -> None:
    write(tmp_path, ".git/a.txt", ".b.txt", "c.txt")
    assert ids(tmp_path) == ["c.txt"]


def test_documents_that_cannot_be_read_are_reported_with_a_remedy(tmp_path: Path) -> None:
    write(tmp_path, "a.doc", "b.PPT", "c.rar", "d.jpg", "e.xls", "~$f.docx")
    advice, wish = "files are not supported; save the", ", or set YIJU_LIBREOFFICE."
    assert find_files([tmp_path]) == (
        [],
        [
            Failure(str(tmp_path / "a.doc"), f"DOC {advice} document as .docx{wish}"),
            Failure(str(tmp_path / "b.PPT"), f"PPT {advice} slides as .pptx{wish}"),
            Failure(
                str(tmp_path / "c.rar"),
                "RAR archives are not supported; unpack it, or pack it as .zip.",
            ),
            Failure(str(tmp_path / "e.xls"), f"XLS {advice} sheets as .xlsx{wish}"),
        ],
    )


def test_old_documents_are_articles_where_they_are_converted(tmp_path: Path) -> None:
    write(tmp_path, "a.doc", "b.PPT", "c.caj", "~$d.doc")

    def wanted(path: Path) -> bool:
        return path.suffix.lower() in CONVERTIBLE

    files, [failure] = find_files([tmp_path], wanted=wanted)
    assert [file.id for file in files] == ["a.doc", "b.PPT"]
    assert failure.where == str(tmp_path / "c.caj")


@pytest.mark.parametrize("suffix", [".ndjson", ".xml", ".log", ".rst", ".mht", ".yaml"])
def test_data_with_words_in_it_is_reported_with_a_way_out(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, f"a{suffix}", "b.txt")
    files, [failure] = find_files([tmp_path])
    assert [file.id for file in files] == ["b.txt"]
    assert failure.where == str(tmp_path / f"a{suffix}")
    assert failure.reason.startswith(f"{suffix[1:].upper()} files are not supported; ")
    assert passed_over([tmp_path]) is None


def test_files_of_all_other_kinds_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.png", "c/d.PNG", "c/e.py", "README", ".hidden.png", "~$a.docx")
    assert passed_over([tmp_path]) == "2 .png, 1 .py, 1 without an ending"
    assert passed_over([tmp_path, tmp_path / "c"]) == passed_over([tmp_path])
    assert passed_over([tmp_path / "a.txt", tmp_path / "nothing"]) is None


def test_other_files_are_articles_where_they_are_wanted(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.png", "c/d.JPG", "e.xls")

    def wanted(path: Path) -> bool:
        return path.suffix.lower() in PICTURES

    files, [failure] = find_files([tmp_path], wanted=wanted)
    assert [file.id for file in files] == ["b.png", "c/d.JPG"]
    assert failure.where == str(tmp_path / "e.xls")
    assert passed_over([tmp_path], wanted) == "1 .txt"
    (alone,), _ = find_files([tmp_path / "b.png"], wanted=wanted)
    assert (alone.id, alone.size) == ("b.png", (tmp_path / "b.png").stat().st_size)


def test_a_file_that_is_too_large_is_reported_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path, "small.txt")
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(200_000_001)
    files, failures = find_files([tmp_path])
    assert [file.id for file in files] == ["small.txt"]
    reason = "is larger than 200 MB; split it."
    assert failures == [Failure(str(tmp_path / "large.pdf"), reason)]
    assert find_files([tmp_path / "small.txt"], max_bytes=8)[0] == []
    assert len(find_files([tmp_path / "small.txt"], max_bytes=9)[0]) == 1


def test_a_path_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    missing = tmp_path / "nothing"
    reason = "does not exist; check the spelling of the path."
    assert find_files([missing]) == ([], [Failure(str(missing), reason)])


def test_overlapping_paths_take_each_file_once_under_the_outermost(tmp_path: Path) -> None:
    write(tmp_path, "a/b/c.txt", "a/d.txt")
    outer, inner, file = tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c.txt"
    assert ids(file, inner, outer) == ids(outer, inner, file) == ["b/c.txt", "d.txt"]
    assert ids(outer, outer) == ["b/c.txt", "d.txt"]


def test_two_files_with_the_same_id_both_fail_by_name(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt", "b/x.txt", "b/y.txt")
    files, failures = find_files([tmp_path / "a", tmp_path / "b"])
    assert [file.id for file in files] == ["y.txt"]
    assert [failure.where for failure in failures] == [
        str(tmp_path / "a" / "x.txt"),
        str(tmp_path / "b" / "x.txt"),
    ]
    assert all("same id “x.txt”" in failure.reason for failure in failures)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "out/secret.txt", "in/a.txt")
    (tmp_path / "in" / "l.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    files, failures = find_files([tmp_path / "in"])
    assert [file.id for file in files] == ["a.txt"]
    assert [Path(failure.where).name for failure in failures] == ["folder", "l.txt"]
    assert all("leads out of the folder" in failure.reason for failure in failures)


def test_a_link_within_the_folder_is_no_second_article(tmp_path: Path) -> None:
    write(tmp_path, "z.txt", "sub/b.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "z.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert ids(tmp_path) == ["sub/b.txt", "z.txt"]


def test_broken_and_circular_links_and_pipes_are_reported(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    files, failures = find_files([tmp_path])
    assert files == []
    assert [Path(failure.where).name for failure in failures] == [
        "broken.txt",
        "pipe.txt",
        "round.txt",
    ]


def test_a_name_that_is_no_utf8_fails_under_a_printable_one(tmp_path: Path) -> None:
    name = os.fsdecode("新闻".encode("gb18030") + b".txt")
    try:
        (tmp_path / name).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    files, failures = find_files([tmp_path])
    assert files == []
    shown = str(tmp_path / r"\xd0\xc2\xce\xc5.txt")
    reason = "the file's name is not valid UTF-8; rename it."
    assert failures == [Failure(shown, reason)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_without_read_permission_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.txt", "b.txt")
    (tmp_path / "closed").chmod(0)
    try:
        files, failures = find_files([tmp_path])
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert [file.id for file in files] == ["b.txt"]
    assert [failure.where for failure in failures] == [str(tmp_path / "closed")]
