"""What makes no sense is refused in one sentence."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.listing.article_filter import Filter
from index.settings import Settings
from python_api.checked_inputs import (
    checked_count,
    checked_filter,
    checked_path,
    checked_paths,
    checked_question,
    settings_in,
    settings_of,
)


def test_settings_are_those_of_the_environment_unless_they_are_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YIJU_THRESHOLD", "0.3")
    monkeypatch.setenv("YIJU_POSSIBLE", "0.2")
    assert settings_of().threshold == 0.3
    given = settings_of(Path("here"), threshold=0.9)
    assert (given.store, given.threshold, given.possible) == (Path("here"), 0.9, 0.2)
    assert settings_of() == Settings()


def test_a_setting_that_does_not_fit_is_named_as_it_was_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UsageError, match=r"^The setting threshold does not fit: .* 1\.$"):
        settings_of(threshold=2)
    with pytest.raises(UsageError, match=r"^There is no setting treshold; docs/settings\.md"):
        settings_of(treshold=0.4)
    monkeypatch.setenv("YIJU_THRESHOLD", "2")
    with pytest.raises(UsageError, match=r"^The setting YIJU_THRESHOLD does not fit: .* 1\.$"):
        settings_of()


@given(st.text(max_size=2001))
def test_a_question_is_stripped_or_refused(text: str) -> None:
    try:
        question = checked_question(text)
    except UsageError:
        assert not text.strip() or len(text) > 2000 or "\0" in text or _has_surrogate(text)
    else:
        assert question == text.strip() != ""


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


@pytest.mark.parametrize("path", ["", "a\nb", "a\ud800"])
def test_a_path_that_is_empty_or_not_printable_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match=r"^The path .*\.$"):
        checked_path(path)


@pytest.mark.parametrize("date", ["", "2016-2", "2016-02-30", "16", "2016/02", "２０１６"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(UsageError, match="is no date; write YYYY, YYYY-MM or YYYY-MM-DD"):
        checked_filter(Filter(published_to=date))


def test_what_makes_sense_comes_back_as_it_is() -> None:
    articles = Filter("a", "2016", "2016-02-29", tuple(map(str, range(100))))
    assert checked_filter(articles) is articles
    assert checked_filter(None) is None
    assert checked_count(20, 20) == 20
    with pytest.raises(UsageError, match=r"^k is 21; it must be from 1 to 20\.$"):
        checked_count(21, 20)
    with pytest.raises(UsageError, match=r"^A filter has at most 100 articles\.$"):
        checked_filter(Filter(articles=tuple(map(str, range(101)))))


@pytest.mark.parametrize("paths", ["lists/a.txt", Path("lists/a.txt"), ["lists/a.txt"]])
def test_one_path_is_as_good_as_several(paths: Any) -> None:  # noqa: ANN401
    assert checked_paths(paths) == (Path("lists/a.txt").absolute(),)


def test_a_file_of_settings_has_those_that_the_environment_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.env"
    file.write_text("# 设置\nYIJU_THRESHOLD=0.3\n\nYIJU_POSSIBLE='0.2'\n", encoding="utf-8")
    monkeypatch.setenv("YIJU_POSSIBLE", "0.05")
    settings = settings_in(file, tmp_path)
    assert (settings.threshold, settings.possible, settings.store) == (0.3, 0.05, tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"YIJU_TRESHOLD=0.3\n", "There is no setting YIJU_TRESHOLD, which "),
        (b"PATH=/bin\n", "There is no setting PATH, which "),
        (b"YIJU_THRESHOLD=2\n", "The setting YIJU_THRESHOLD does not fit: "),
        (b"YIJU_MODEL=\xff\n", "can't be read: it is not UTF-8."),
        (None, "can't be read: No such file or directory."),
    ],
)
def test_a_file_of_settings_that_does_not_fit_is_told_in_a_sentence(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "settings.env"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        settings_in(file)
    assert said in str(refused.value)
