"""Each party has the amount at its own position; if the counts differ, no party has any."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.amounts import candidates
from qa.entities.distribution import distributed, share_of

FEW = settings(max_examples=50)
UNITS = st.sampled_from(["万元", "亿美元", "人", "公顷", "%", "吨"])
STEMS = st.text("稻香石桥云岭沙湾松江白塔柳泉南浦竹溪红旗星河金川", min_size=2, max_size=2)
KINDS = st.sampled_from(["中学", "医院", "村", "剧团", "能源公司", "博物馆"])
LATIN = st.from_regex(r"[BDKLMPRT][aeiou][lmnrst][aeiou]x", fullmatch=True)
KINDS_EN = st.sampled_from(["College", "Rail", "Museum", "Steel Works", "Hospital"])


def joined(items: list[str], comma: str, last: str) -> str:
    return comma.join(items[:-1]) + last + items[-1]


def spans(text: str, amounts: list[str]) -> list[Span]:
    """Return the ranges of consecutive amounts."""
    ranges: list[Span] = []
    for amount in amounts:
        start = text.index(amount, ranges[-1].end if ranges else 0)
        ranges.append(Span(start, start + len(amount)))
    return ranges


@st.composite
def shares(draw: st.DrawFn) -> dict[str, str]:
    """Draw two to five Chinese parties with an amount each."""
    unit, count = draw(UNITS), draw(st.integers(2, 5))
    stems = draw(st.lists(STEMS, min_size=count, max_size=count, unique=True))
    values = draw(st.lists(st.integers(2, 9999), min_size=count, max_size=count, unique=True))
    return {f"{s}{draw(KINDS)}": f"{v}{unit}" for s, v in zip(stems, values, strict=True)}


@st.composite
def shares_en(draw: st.DrawFn) -> dict[str, str]:
    """Draw two to five English parties with an amount each."""
    count = draw(st.integers(2, 5))
    names = draw(st.lists(LATIN, min_size=count, max_size=count, unique=True))
    values = draw(st.lists(st.integers(2, 999), min_size=count, max_size=count, unique=True))
    pairs = zip(names, values, strict=True)
    return {f"{name} {draw(KINDS_EN)}": f"${value} million" for name, value in pairs}


def check(text: str, whose: dict[str, str], question: str) -> None:
    """Check the amount of each party in a text."""
    typed = spans(text, list(whose.values()))
    assert distributed(text, typed) == typed
    for party, amount in whose.items():
        share = share_of(text, typed, FoldedText.of(question.format(party)))
        assert share is not None, (text, party)
        assert share.of(text) == amount


@FEW
@given(shares(), st.sampled_from(["分别", "依次", "各自"]))
def test_parties_before_the_word_have_the_amounts_after_it(
    whose: dict[str, str], word: str
) -> None:
    parties, amounts = joined([*whose], "、", "和"), joined([*whose.values()], "、", "和")
    check(f"去年，{parties}{word}获得{amounts}。", whose, "{}去年获得多少?")


@FEW
@given(shares(), st.sampled_from(["、", "和"]))
def test_amounts_before_the_word_belong_to_the_parties_after_it(
    whose: dict[str, str], last: str
) -> None:
    parties, amounts = joined([*whose], "、", last), joined([*whose.values()], "、", "和")
    check(f"名单昨天公布，{amounts}分别给了{parties}。", whose, "{}拿到多少?")


@FEW
@given(shares_en(), st.sampled_from([" and ", ", and "]))
def test_in_english_the_word_follows_the_amounts(whose: dict[str, str], last: str) -> None:
    parties, amounts = joined([*whose], ", ", last), joined([*whose.values()], ", ", last)
    question = "How much did {} receive?"
    check(f"Last year, {parties} received {amounts}, respectively.", whose, question)
    check(f"{amounts} were given to {parties}, respectively.", whose, question)


@FEW
@given(shares(), st.data())
def test_no_party_has_an_amount_if_the_counts_differ(
    whose: dict[str, str], data: st.DataObject
) -> None:
    parties = [*whose]
    short = data.draw(st.booleans())
    amounts = [*whose.values()][1:] if short else [*whose.values(), "10001公里"]
    text = f"{joined(parties, '、', '和')}分别获得{joined(amounts, '、', '和')}。"
    for party in parties if len(amounts) > 1 else []:
        assert share_of(text, spans(text, amounts), FoldedText.of(f"{party}获得多少?")) is None


@FEW
@given(shares())
def test_a_sentence_without_the_word_distributes_nothing(whose: dict[str, str]) -> None:
    text = "，".join(f"{party}获得{amount}" for party, amount in whose.items()) + "。"
    typed = spans(text, list(whose.values()))
    assert distributed(text, typed) == []
    assert share_of(text, typed, FoldedText.of(f"{next(iter(whose))}获得多少?")) is None


@pytest.mark.parametrize(
    ("text", "typed", "question", "share"),
    [
        ("省队和市队分别得了3、5枚奖牌。", ["5枚"], "省队得了几枚奖牌?", "3"),
        (
            "南沙港、北海港与钦州港的吞吐量分别为3亿、2亿和1亿吨。",
            ["1亿吨"],
            "北海港去年吞吐多少?",
            "2亿",
        ),
        (
            "河東中學與河西中學分別招收300人和280人。",
            ["300人", "280人"],
            "河西中學招收多少人?",
            "280人",
        ),
        ("天文馆和科技馆分别接待3万人和8万人。", ["3万人", "8万人"], "动物园接待多少人?", None),
        ("天文馆和科技馆分别扩建。接待了3万人和8万人。", ["3万人", "8万人"], "天文馆接待?", None),
    ],
)
def test_worked_cases(text: str, typed: list[str], question: str, share: str | None) -> None:
    found = share_of(text, spans(text, typed), FoldedText.of(question))
    assert (found.of(text) if found else None) == share


@pytest.mark.parametrize(
    ("quote", "answer_type", "question", "expected"),
    [
        (
            "泰国和越南的大米出口量分别为300万吨和200万吨。",
            AnswerType.NUMBER,
            "泰国的大米出口量是多少?",
            "300万吨",
        ),
        (
            "江北区、江南区和城东区的产量分别为3吨、2吨和1吨。",
            AnswerType.NUMBER,
            "江南区的产量是多少?",
            "2吨",
        ),
        (
            "In 2019, exports of Chile and Vietnam were $3 million and $5 million, respectively.",
            AnswerType.MONEY,
            "How large were the exports of Vietnam?",
            "$5 million",
        ),
        (
            "Rice and wheat harvests in Kent were 3 tons and 5 tons, respectively.",
            AnswerType.NUMBER,
            "How large was the rice harvest in Kent?",
            "3 tons",
        ),
    ],
)
def test_words_common_to_all_parties_are_no_party(
    quote: str, answer_type: AnswerType, question: str, expected: str
) -> None:
    forms = FoldedText.of(question)
    found = share_of(quote, candidates(answer_type, quote, forms), forms)
    assert found is not None
    assert found.of(quote) == expected
