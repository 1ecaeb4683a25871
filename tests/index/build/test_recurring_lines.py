"""What recurs at the edges of one source's articles is cut, and stays cut."""

from index.build.recurring_lines import FEWEST
from tests.support.small_index import SmallIndex, held

LINE = "读报热线欢迎您"


def article(number: int, *ends: str, source: str = "某某报") -> str:
    body = "".join(f"这是第{number}篇的第{at}句话，给出了数字{number * at}。" for at in range(20))
    head = f"第{number}篇的标题\n2024-01-0{number % 9 + 1} 来源：{source}"
    return "\n\n".join([head, body, f"这是第{number}篇的最后一段，它自成一段。", *ends]) + "\n"


def lines_of(house: SmallIndex) -> dict[str, bool]:
    """By article: whether the line still stands in its text."""
    return {name: LINE in text for name, text in held(house.catalogue()).items()}


def test_a_line_of_enough_articles_is_cut_from_all_and_can_be_seen(house: SmallIndex) -> None:
    for number in range(FEWEST):
        house.put(f"{number}.txt", article(number, LINE))
    house.rebuild()
    assert lines_of(house) == {f"{number}.txt": False for number in range(FEWEST)}
    one = house.catalogue().article("3.txt")
    assert one is not None
    assert [(cut.at, cut.text) for cut in one.removed] == [(len(one.text), LINE)]
    assert one.text.endswith("这是第3篇的最后一段，它自成一段。")
    assert one.title_at is not None
    assert one.title_at.of(one.text) == one.title == "第3篇的标题"


def test_fewer_articles_keep_it_until_there_are_enough(house: SmallIndex) -> None:
    for number in range(FEWEST - 1):
        house.put(f"{number}.txt", article(number, LINE))
    house.rebuild()
    assert all(lines_of(house).values())
    house.put("8.txt", article(8, LINE))
    assert house.rebuild().changed == FEWEST - 1
    assert not any(lines_of(house).values())


def test_once_found_it_is_furniture_of_articles_that_come_later(house: SmallIndex) -> None:
    for number in range(FEWEST):
        house.put(f"{number}.txt", article(number, LINE))
    house.rebuild()
    house.put("8.txt", article(8, LINE))
    report = house.rebuild()
    assert (report.added, report.changed) == (1, 0)
    assert not lines_of(house)["8.txt"]
    again = house.rebuild(full=True)
    assert (again.changed, again.unchanged) == (0, FEWEST + 1)


def test_what_another_source_says_stays(house: SmallIndex) -> None:
    for number in range(FEWEST):
        house.put(f"{number}.txt", article(number, LINE))
    house.put("other.txt", article(8, LINE, source="别的报"))
    house.rebuild()
    assert lines_of(house)["other.txt"]


def test_what_few_of_a_sources_articles_say_stays(house: SmallIndex) -> None:
    for number in range(4 * FEWEST):
        house.put(f"{number}.txt", article(number, *([LINE] if number < FEWEST else [])))
    house.rebuild()
    assert sum(lines_of(house).values()) == FEWEST


def test_text_given_as_json_is_kept_as_it_is(house: SmallIndex) -> None:
    records = [{"id": str(at), "text": article(at, LINE).strip()} for at in range(FEWEST)]
    house.put_lines("a.jsonl", *records)
    house.rebuild()
    assert held(house.catalogue()) == {one["id"]: one["text"] for one in records}
