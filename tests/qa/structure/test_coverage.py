"""What a text lacks of a question is weighed without the words that only ask."""

import pytest

from index.text.folding import FoldedText
from qa.structure.coverage import is_asking, missing_share
from tests.support import answerers


@pytest.mark.parametrize("term", ["多少", "几点", "哪些", "内容", "price", "一共", "说"])
def test_some_words_only_ask(term: str) -> None:
    assert is_asking(term)


@pytest.mark.parametrize("term", ["电话", "水库", "t90", "高山", "weight"])
def test_others_do_not(term: str) -> None:
    assert not is_asking(term)


def test_the_share_is_of_what_tells() -> None:
    terms = answerers.query(FoldedText.of("水库的电话是多少?")).terms
    assert missing_share(terms, "水库电话") == 0.0
    assert missing_share(terms, "水库") == 0.5
    assert missing_share(terms, "水库", "电话") == 0.0
    assert missing_share(terms, "") == 1.0
