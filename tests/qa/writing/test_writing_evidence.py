"""The model is asked only over what Yiju found, and only where that is worth it."""

from qa.answerer import Answerer
from qa.retrieval import Request
from qa.writing.writing_evidence import WritingTask, task_of, tokens_of
from tests.qa.conftest import Shelve

FERRY = {
    "id": "ferry.txt",
    "title": "青石渡口",
    "text": "渡口在湖的西岸。青石渡口建于1902年。它由商会出资。\n\n木船每天开两班。",
}
ANNALS = {
    "id": "annals.txt",
    "title": "湖区志",
    "text": "湖区有三个集市。\n\n青石渡口的票价是三角。\n\n集市逢五开市。",
}
NEWS = {
    "id": "news.txt",
    "title": "晚报",
    "text": "昨日大雾。\n\n青石渡口停航一天。\n\n邮局照常。",
}


def test_beside_an_answer_its_citations_come_first_and_then_their_neighbours(
    shelve: Shelve, answerer: Answerer
) -> None:
    searcher = shelve(FERRY, ANNALS, NEWS)
    retrieved = answerer.retrieve(Request("青石渡口建于哪一年？"), searcher)
    answer = answerer.answer(retrieved)
    task = task_of(retrieved, answer, 2000)
    assert answer.answered
    assert isinstance(task, WritingTask)
    assert task.evidence[: task.own] == answer.citations
    quotes = [citation.quote for citation in task.evidence]
    assert "青石渡口建于1902年。" in quotes[: task.own]
    assert {"渡口在湖的西岸。", "它由商会出资。"} <= set(quotes)
    for citation in task.evidence:
        article = searcher.catalogue.article(citation.article_id)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.digest == article.digest


def test_what_yiju_says_itself_or_does_not_find_is_not_written_about(
    shelve: Shelve, answerer: Answerer
) -> None:
    searcher = shelve(FERRY, ANNALS, NEWS)
    for question in ("你好", "火星上有多少辆自行车？", "How many bicycles are on Mars?"):
        retrieved = answerer.retrieve(Request(question), searcher)
        assert task_of(retrieved, answerer.answer(retrieved), 2000) is None


def test_an_overview_may_go_beyond_the_article_that_was_summed_up(
    shelve: Shelve, answerer: Answerer
) -> None:
    searcher = shelve(FERRY, NEWS)
    retrieved = answerer.retrieve(Request("介绍一下青石渡口"), searcher)
    answer = answerer.answer(retrieved)
    task = task_of(retrieved, answer, 2000)
    assert task is not None
    assert answer.kind == "summary"
    cited = {citation.article_id for citation in answer.citations}
    assert cited == {"ferry.txt"}
    assert "青石渡口停航一天。" in {citation.quote for citation in task.evidence}


def test_an_overview_of_what_several_passages_tell_of_in_passing_is_written(
    shelve: Shelve, answerer: Answerer
) -> None:
    fog, market = "昨日大雾，青石渡口停航一天。", "挑担的人过了青石渡口才到集市。"
    searcher = shelve(
        {"id": "a.txt", "title": "晚报", "text": f"邮局照常。\n\n{fog}"},
        {"id": "b.txt", "title": "湖区志", "text": f"{market}\n\n集市逢五开市。"},
    )
    retrieved = answerer.retrieve(Request("介绍一下青石渡口"), searcher)
    answer = answerer.answer(retrieved)
    task = task_of(retrieved, answer, 2000)
    assert task is not None
    quotes = {citation.quote for citation in task.evidence}
    assert {fog, market} <= quotes
    assert not answer.answered
    assert task.own == 0


def test_an_overview_of_what_nothing_names_is_not_written(
    shelve: Shelve, answerer: Answerer
) -> None:
    searcher = shelve(FERRY, ANNALS, NEWS)
    retrieved = answerer.retrieve(Request("介绍一下白杨机场"), searcher)
    assert task_of(retrieved, answerer.answer(retrieved), 2000) is None


def test_a_comparison_is_written_only_if_each_party_is_told_of(
    shelve: Shelve, answerer: Answerer
) -> None:
    green = "青石渡口的守夜人住在岸边的木屋里，冬天烧炭。"
    white = "白杨渡口的守夜人每月领两块钱，夏天种菜。"
    searcher = shelve(
        {"id": "a.txt", "title": "青石渡口", "text": f"{green}\n\n木船每天开两班。"},
        {"id": "b.txt", "title": "白杨渡口", "text": f"{white}\n\n集市逢五开市。"},
    )

    def task(question: str) -> WritingTask | None:
        retrieved = answerer.retrieve(Request(question), searcher)
        answer = answerer.answer(retrieved)
        assert not answer.answered
        return task_of(retrieved, answer, 2000)

    compared = task("比较青石渡口和白杨渡口的守夜人")
    assert compared is not None
    # In turns, so that the budget cuts off no party.
    assert [citation.quote for citation in compared.evidence[:2]] == [green, white]
    assert task("青石渡口和红柳渡口的守夜人分别多大年纪？") is None
    assert task("青石渡口和白杨渡口的守夜人分别多大年纪？") is None


def test_a_guess_is_not_dressed_up(shelve: Shelve, answerer: Answerer) -> None:
    searcher = shelve(FERRY)
    retrieved = answerer.retrieve(Request("渡口的船夫叫什么？", decide=False), searcher)
    answer = answerer.answer(retrieved)
    assert answer.answered, "the best there is"
    assert task_of(retrieved, answer, 2000) is None


def test_quotes_in_another_language_are_to_be_translated(
    shelve: Shelve, answerer: Answerer
) -> None:
    searcher = shelve({"id": "a.txt", "title": "NIST", "text": "NIST was founded in 1901."})
    retrieved = answerer.retrieve(Request("NIST是哪一年成立的？"), searcher)
    task = task_of(retrieved, answerer.answer(retrieved), 2000)
    assert task is not None
    assert task.foreign == [0]


def test_evidence_keeps_within_its_tokens_but_for_the_first_citation(
    shelve: Shelve, answerer: Answerer
) -> None:
    searcher = shelve(FERRY, ANNALS, NEWS)
    retrieved = answerer.retrieve(Request("青石渡口建于哪一年？"), searcher)
    answer = answerer.answer(retrieved)
    task = task_of(retrieved, answer, 1)
    assert task is not None
    assert task.evidence == answer.citations[:1]
    small = task_of(retrieved, answer, 40)
    assert small is not None
    assert sum(tokens_of(citation.quote + citation.title) for citation in small.evidence) <= 40
