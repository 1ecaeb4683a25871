"""Chinese pages lose their boilerplate, on sites that the rules were made with and on others."""

import pytest

from bench.boilerplate import PAGES, Score, read_labels, score, yiju


def measured(half: str, ending: str) -> Score:
    total = Score()
    for label in read_labels():
        if label["half"] == half and label["file"].endswith(ending):
            kept = yiju(label["file"], (PAGES / label["file"]).read_bytes())
            total += score(kept, label)
    return total


@pytest.mark.parametrize(
    ("half", "ending", "f1", "recall"),
    [
        ("tuning", "html", 0.949, 0.964),
        ("held-back", "html", 0.95, 0.959),
        ("tuning", "txt", 0.984, 0.99),
        ("held-back", "txt", 0.93, 0.99),
    ],
)
def test_precision_and_recall_on_labelled_pages_do_not_fall(
    half: str, ending: str, f1: float, recall: float
) -> None:
    total = measured(half, ending)
    assert total.f1 >= f1
    assert total.recall >= recall


def test_every_label_has_its_page_and_halves_share_no_site() -> None:
    labels = read_labels()
    assert len({label["file"] for label in labels}) == len(labels) == 84
    sites = {
        half: {label["site"] for label in labels if label["half"] == half}
        for half in ("tuning", "held-back")
    }
    assert not sites["tuning"] & sites["held-back"]
    assert all((PAGES / label["file"]).is_file() for label in labels)


def test_a_score_counts_characters_both_ways() -> None:
    label = {"body": ["甲乙丙丁戊己庚辛"], "optional": ["来源：某报"], "title": "题目"}
    result = score("甲乙丙丁戊己庚辛\n来源：某报\n点击关注我们吧", label)
    assert (result.kept_relevant, result.kept, result.relevant_kept, result.relevant) == (
        13,
        20,
        8,
        8,
    )
    assert score("", label) == Score(0, 0, 0, 8)
