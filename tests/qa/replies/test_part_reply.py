"""A numbered part is cited whole, a long one in pieces that can be quoted."""

from qa.answerer import Answerer
from qa.retrieval import Request
from tests.qa.conftest import Shelve

ITEMS = "\n".join(f"（{n}）{'往河里倒' * 8}第{n}种废料；" for n in "一二三四五六七八")
TEXT = f"""白沙河护河公约

第一条 为了护河，订立本公约。
第二条 不得有下列行为：
{ITEMS}
第三条 护河员由村民轮流担任。
"""


def test_a_part_is_one_quote(answerer: Answerer, shelve: Shelve) -> None:
    searcher = shelve({"title": "白沙河护河公约", "text": TEXT})
    answer = answerer.ask(Request("护河公约第三条是什么?"), searcher)
    assert answer.answered
    assert [citation.quote for citation in answer.citations] == ["第三条 护河员由村民轮流担任。"]
    assert answer.short_answer is None


def test_a_long_part_is_quoted_to_its_end(answerer: Answerer, shelve: Shelve) -> None:
    searcher = shelve({"title": "白沙河护河公约", "text": TEXT})
    answer = answerer.ask(Request("护河公约第二条规定了什么?"), searcher)
    quotes = [citation.quote for citation in answer.citations]
    assert quotes[0].startswith("第二条")
    assert quotes[-1].endswith("第八种废料；")
    assert all(len(quote) <= 200 for quote in quotes)
    assert answer.answer == "\n".join(quotes)


def test_a_part_that_there_is_none_of_is_declined(answerer: Answerer, shelve: Shelve) -> None:
    searcher = shelve({"title": "白沙河护河公约", "text": TEXT})
    answer = answerer.ask(Request("护河公约第七条是什么?"), searcher)
    assert not answer.answered
    assert answer.possible is None
