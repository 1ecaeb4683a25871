"""Articles that most of a store loses at a stroke are kept until a person says that it is right."""

from pathlib import Path

import pytest

from index.store.retention import roll_back
from tests.support.small_index import SmallIndex, texts_by_id


@pytest.fixture
def corpus(tmp_path: Path) -> SmallIndex:
    return SmallIndex(tmp_path)


def rebuilt(corpus: SmallIndex, *shelves: dict[str, str]) -> list[str]:
    """Rebuild over each set of articles in turn; return the notes of the last rebuild."""
    for texts in shelves:
        for path in corpus.articles.iterdir():
            path.unlink()
        for name, text in texts.items():
            corpus.put(name, text)
        notes = corpus.rebuild().notes
    return notes


def several(numbers: range, edition: int = 0) -> dict[str, str]:
    """Return the texts of these articles in one edition, by file name."""
    return {f"{at}.txt": f"第{at}篇的第{edition}版说了一些事情。" for at in numbers}


def test_a_version_whose_articles_went_at_a_stroke_is_kept_until_a_person_says_so(
    corpus: SmallIndex,
) -> None:
    whole = several(range(10))
    rebuilt(corpus, whole)
    texts = texts_by_id(corpus.catalogue())
    for turn in range(6):
        notes = rebuilt(corpus, several(range(4), turn + 1))
    assert corpus.store.versions() == ["000001", "000005", "000006", "000007"]
    assert notes == [
        "Index version 000001 is kept: the later ones have less than half of its articles. If that "
        "is right, let go of it with: yiju rebuild --force"
    ]
    assert texts_by_id(corpus.catalogue("000001")) == texts
    assert roll_back(corpus.store, "000001") == "000001"
    assert texts_by_id(corpus.catalogue()) == texts
    roll_back(corpus.store, "000007")
    assert corpus.rebuild(force=True).notes == []
    assert corpus.store.versions() == ["000005", "000006", "000007"]


def test_a_kept_version_goes_once_half_of_its_articles_are_there_again(corpus: SmallIndex) -> None:
    rebuilt(corpus, several(range(10)), *(several(range(4), turn) for turn in range(1, 5)))
    assert "000001" in corpus.store.versions()
    new_ones = {**several(range(4), 9), **several(range(20, 60))}
    rebuilt(corpus, new_ones)
    assert "000001" in corpus.store.versions(), "others in their place are not the same"
    assert rebuilt(corpus, {**several(range(5), 9), **several(range(20, 60))}) == []
    assert corpus.store.versions() == ["000005", "000006", "000007"]


def test_of_several_that_were_lost_the_largest_is_kept(corpus: SmallIndex) -> None:
    rebuilt(corpus, several(range(3)), several(range(10, 30)), several(range(40, 43)))
    rebuilt(corpus, *(several(range(50, 52), turn) for turn in range(4)))
    assert corpus.store.versions() == ["000002", "000005", "000006", "000007"]


def test_articles_that_go_one_by_one_are_let_go(corpus: SmallIndex) -> None:
    for left in range(12, 2, -1):
        assert rebuilt(corpus, several(range(left))) == []
    assert corpus.store.versions() == ["000008", "000009", "000010"]
