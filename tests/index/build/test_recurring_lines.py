"""Boilerplate that recurs at the edges of one source's articles is cut from all but the first."""

from index.build.recurring_lines import FEWEST
from tests.support.small_index import SmallIndex, texts_by_id
from tests.support.tables.tilings import check_tables, drawn

LINE = "客户端下载"
FACT = "夜间抢修电话为5550186，全年有人接听。"


def article(number: int, *ends: str, source: str = "某某报") -> str:
    body = "".join(f"这是第{number}篇的第{at}句话，给出了数字{number * at}。" for at in range(20))
    head = f"第{number}篇的标题\n2024-01-0{number % 9 + 1} 来源：{source}"
    return "\n\n".join([head, body, f"这是第{number}篇的最后一段，它自成一段。", *ends]) + "\n"


def lines_of(corpus: SmallIndex) -> dict[str, bool]:
    """Return for each article whether the line is in its text."""
    return {name: LINE in text for name, text in texts_by_id(corpus.catalogue()).items()}


def having(corpus: SmallIndex) -> list[str]:
    """Return the articles that have the line."""
    return [name for name, has in lines_of(corpus).items() if has]


def test_a_line_of_enough_articles_is_cut_from_all_but_one_and_can_be_seen(
    corpus: SmallIndex,
) -> None:
    for number in range(FEWEST):
        corpus.put(f"{number}.txt", article(number, LINE))
    corpus.rebuild()
    assert having(corpus) == ["0.txt"]
    article_3 = corpus.catalogue().article("3.txt")
    assert article_3 is not None
    assert [(cut.at, cut.text) for cut in article_3.removed] == [(len(article_3.text), LINE)]
    assert article_3.text.endswith("这是第3篇的最后一段，它自成一段。")
    assert article_3.title_at is not None
    assert article_3.title_at.of(article_3.text) == article_3.title == "第3篇的标题"


def test_fewer_articles_keep_it_until_there_are_enough(corpus: SmallIndex) -> None:
    for number in range(FEWEST - 1):
        corpus.put(f"{number}.txt", article(number, LINE))
    corpus.rebuild()
    assert all(lines_of(corpus).values())
    corpus.put("8.txt", article(8, LINE))
    assert corpus.rebuild().changed == FEWEST - 2
    assert having(corpus) == ["0.txt"]


def test_what_recurs_without_the_words_of_boilerplate_stays(corpus: SmallIndex) -> None:
    for number in range(FEWEST):
        corpus.put(f"{number}.txt", article(number, FACT, LINE))
    corpus.rebuild()
    texts = texts_by_id(corpus.catalogue())
    assert all(FACT in text for text in texts.values())
    corpus.put("8.txt", article(8, FACT, LINE))
    assert corpus.rebuild().changed == 0
    assert FACT in texts_by_id(corpus.catalogue())["8.txt"]
    assert having(corpus) == ["0.txt"]


def test_tables_below_a_line_that_is_cut_keep_the_words_of_their_cells(
    corpus: SmallIndex,
) -> None:
    for number in range(FEWEST):
        text = "".join(
            f"这是第{number}篇的第{at}句话，给出了数字{number * at}。" for at in range(20)
        )
        table = f"## 各矿\n\n|矿|产量|\n|-|-|\n|东矿|{number}万吨|\n|西矿|9万吨|"
        parts = [f"# 第{number}篇", "来源：某某报", LINE, text, table]
        corpus.put(f"{number}.md", "\n\n".join(parts))
    corpus.rebuild()
    assert having(corpus) == ["0.md"]
    for number in range(FEWEST):
        article = corpus.catalogue().article(f"{number}.md")
        assert article is not None
        check_tables(article)
        assert drawn(article) == [
            [["[矿]", "[产量]"], ["东矿", f"{number}万吨"], ["西矿", "9万吨"]]
        ]


def test_when_the_article_that_keeps_the_line_goes_the_next_reading_keeps_it(
    corpus: SmallIndex,
) -> None:
    for number in range(FEWEST + 1):
        corpus.put(f"{number}.txt", article(number, LINE))
    corpus.rebuild()
    (corpus.articles / "0.txt").unlink()
    corpus.rebuild(full=True)
    assert having(corpus) == ["1.txt"]


def test_once_found_it_is_furniture_of_articles_that_come_later(corpus: SmallIndex) -> None:
    for number in range(FEWEST):
        corpus.put(f"{number}.txt", article(number, LINE))
    corpus.rebuild()
    corpus.put("8.txt", article(8, LINE))
    report = corpus.rebuild()
    assert (report.added, report.changed) == (1, 0)
    assert not lines_of(corpus)["8.txt"]
    again = corpus.rebuild(full=True)
    assert (again.changed, again.unchanged) == (0, FEWEST + 1)


def test_what_another_source_says_stays(corpus: SmallIndex) -> None:
    for number in range(FEWEST):
        corpus.put(f"{number}.txt", article(number, LINE))
    corpus.put("other.txt", article(8, LINE, source="别的报"))
    corpus.rebuild()
    assert lines_of(corpus)["other.txt"]


def test_what_few_of_a_sources_articles_say_stays(corpus: SmallIndex) -> None:
    for number in range(4 * FEWEST):
        corpus.put(f"{number}.txt", article(number, *([LINE] if number < FEWEST else [])))
    corpus.rebuild()
    assert sum(lines_of(corpus).values()) == FEWEST


def test_text_given_as_json_is_kept_as_it_is(corpus: SmallIndex) -> None:
    records = [{"id": str(at), "text": article(at, LINE).strip()} for at in range(FEWEST)]
    corpus.put_lines("a.jsonl", *records)
    corpus.rebuild()
    assert texts_by_id(corpus.catalogue()) == {record["id"]: record["text"] for record in records}
