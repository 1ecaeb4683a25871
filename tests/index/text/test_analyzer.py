"""Search terms: words of any script, names and numbers whole."""

import itertools
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analyzer import Analyzer, bigrams, occurs
from index.text.folding import fold
from index.text.numbers import values
from tests.conftest import ROOT
from tests.support import small_index
from tests.support.small_index import TEXTS
from tests.support.steps import steps

LATIN = st.text(alphabet="abcdefgrstuvwxyz", min_size=1, max_size=12)
ARTICLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "articles").glob("*.*"))]
HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")
HAN = st.text(alphabet="国家标准城市投资甲乙丙", min_size=1, max_size=6)


@given(TEXTS)
def test_every_term_occurs_in_its_text(text: str) -> None:
    folded = fold(text)
    for term in small_index.analyzer().terms(text):
        assert occurs(folded, term)
        assert term == fold(term)


HAN_RUNS = st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=40)


def cut_by_jieba(text: str, own: Sequence[str] = ()) -> list[list[str]]:
    """Cut each run of Han characters by jieba itself, without its hidden Markov model."""
    dictionary = jieba_with(tuple(own))
    return [dictionary.lcut_for_search(run, HMM=False) for run in HAN_RUN.findall(fold(text))]


def cut_by_us(text: str, own: Sequence[str] = ()) -> list[list[str]]:
    """Cut each run of Han characters by our analyzer, less the values of numbers."""
    words = small_index.analyzer().with_user_words(own)
    terms = {run: words.terms(run) for run in HAN_RUN.findall(fold(text))}
    return [terms[run][: len(terms[run]) - len(values(run))] for run in HAN_RUN.findall(fold(text))]


@cache
def jieba_with(own: tuple[str, ...]) -> jieba.Tokenizer:
    dictionary = jieba.Tokenizer()
    dictionary.FREQ, dictionary.total = dictionary.gen_pfdict(dictionary.get_dict_file())
    dictionary.initialized = True
    for word in own:
        dictionary.add_word(word, tag="nz")
    return dictionary


@given(TEXTS | HAN_RUNS | st.text(alphabet="".join(ARTICLES), max_size=60))
def test_words_are_those_that_jieba_cuts_for_search(text: str) -> None:
    assert cut_by_us(text) == cut_by_jieba(text)


def test_words_of_real_articles_are_jiebas_with_the_users_words_and_without() -> None:
    assert sum(len(cut) for text in ARTICLES for cut in cut_by_jieba(text)) > 4000
    for own in ((), ("智慧国家", "博斯丹公司", "港珠澳大桥主体", "的城")):
        for text in ARTICLES:
            assert cut_by_us(text, own) == cut_by_jieba(text, own)


@given(TEXTS)
def test_the_content_of_a_question_is_part_of_its_terms_each_once(text: str) -> None:
    words = small_index.analyzer()
    content = words.content_terms(text)
    assert len(set(content)) == len(content)
    assert set(content) <= set(words.terms(text))


@given(TEXTS)
def test_tagged_words_put_together_are_the_text(text: str) -> None:
    assert "".join(word for word, _ in small_index.analyzer().tagged(text)) == text


@given(st.text(alphabet="年和法上下中，长城a", max_size=400) | st.sampled_from(["年" * 2000]))
def test_tagged_words_of_many_single_characters_are_the_text_too(text: str) -> None:
    assert "".join(word for word, _ in small_index.analyzer().tagged(text)) == text


@pytest.mark.parametrize("unit", ["年", "和", "年年，", "法上"])
def test_twice_as_much_text_takes_no_more_than_twice_the_work(unit: str) -> None:
    analyzer = small_index.analyzer()

    def work(text: str) -> int:
        return steps(lambda: analyzer.tagged(text))

    once, twice = (work(unit * (count // len(unit))) for count in (2000, 4000))
    assert twice <= 2.2 * once


def test_a_long_row_of_digits_is_one_term() -> None:
    digits = "1" * 500_000  # hours, if every digit began a search
    assert small_index.analyzer().terms(digits) == [digits]


@given(st.text(alphabet="0123456789.,百千万亿兆元", max_size=60))
def test_numbers_with_their_scale_are_found_as_a_plain_search_does(text: str) -> None:
    plain = re.findall(r"\d+(?:\.\d+)?[百千万亿兆]+", fold(text))
    scaled = [term for term in small_index.analyzer().terms(text) if term in plain]
    assert set(plain) <= set(scaled)


@given(HAN, HAN)
def test_bigrams_are_every_pair_of_neighbours_and_none_across_a_mark(one: str, other: str) -> None:
    def pairs(run: str) -> list[str]:
        return [a + b for a, b in itertools.pairwise(run)] or [run]

    assert bigrams(f"{one}，A{other}") == pairs(one) + pairs(other)


@given(st.integers(0, 10**9))
def test_a_number_is_one_term_and_does_not_occur_in_a_longer_number(number: int) -> None:
    assert str(number) in small_index.analyzer().terms(f"共{number:,}个")
    assert occurs(f"共{number}个", str(number))
    for longer in (f"1{number}", f"{number}0", f"{number}.5", f"0.{number}"):
        assert not occurs(f"共{longer}个", str(number))


@given(LATIN, LATIN)
def test_a_latin_term_occurs_as_a_word_but_never_within_another(term: str, before: str) -> None:
    assert occurs(f"投给了{term}的项目", term)
    assert not occurs(f"{before}{term}", term) or f"{before}{term}".startswith(term[:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("國家標準(NIST)投入1.6亿", "国家 标准 国家标准 nist 投入 1.6 亿 1.6亿 160000000"),
        ("GB/T 7714", "gb/t gb t 7714"),
        ("１,０００萬", "1000 万 1000万 10000000"),
        ("COVID-19疫情", "covid-19 covid 19 疫情"),
        ("……", ""),
    ],
)
def test_worked_cases_of_terms(analyzer: Analyzer, text: str, expected: str) -> None:
    assert analyzer.terms(text) == expected.split()


def test_a_question_is_left_with_its_meaning(analyzer: Analyzer) -> None:
    assert analyzer.content_terms("美国通过NIST投资了多少?") == "美国 通过 nist 投资".split()
    assert analyzer.content_terms("How much did the US give to NIST?") == ["us", "give", "nist"]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("they invested", "invest", True),
        ("an art museum", "art", True),
        ("the article", "art", False),
        ("new cities", "citie", True),
        ("in 2016年", "2016", True),
        ("约1.65亿", "1.6", False),
        ("美国国家标准", "国家", True),
        ("reinvested", "invest", False),
    ],
)
def test_worked_cases_of_occurring(text: str, term: str, expected: bool) -> None:
    assert occurs(text, term) is expected


def test_a_number_with_its_scale_does_not_occur_in_a_longer_number() -> None:
    assert not occurs("投入11.6亿元", "1.6亿")


def test_an_accented_word_does_not_occur_within_another() -> None:
    assert not occurs("les sociétés", "été")


def test_a_number_occurs_behind_a_full_stop(analyzer: Analyzer) -> None:
    assert "5" in analyzer.terms("plant no.5")
    assert occurs("plant no.5", "5")


def test_nothing_is_read_or_written_where_anybody_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "jieba.cache").write_bytes(b"planted")
    words = Analyzer()
    words.load()
    assert words.terms("智慧城市") == small_index.analyzer().terms("智慧城市")
    assert words.tagged("新加坡")[0] == ("新加坡", "ns")
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "before",
    ["", "import jieba.posseg", "import jieba; jieba.set_dictionary({own!r})"],
    ids=["alone", "imported before", "with words of its own"],
)
def test_a_program_that_uses_jieba_itself_has_all_of_it(tmp_path: Path, before: str) -> None:
    own = tmp_path / "own.txt"
    own.write_text("新加坡 5 ns\n提出 5 v\n", encoding="utf-8")
    program = (
        "from index.text.analyzer import Analyzer\n"
        "words = Analyzer(); words.load()\n"
        "import jieba.posseg\n"
        "tags = jieba.posseg.dt.word_tag_tab\n"
        "jieba.posseg.POSTokenizer.load_word_tag(jieba.posseg.dt, jieba.dt.get_dict_file())\n"
        "assert jieba.posseg.dt.word_tag_tab == tags\n"
        "print([list(pair) for pair in jieba.posseg.cut('新加坡提出')])\n"
        "assert words.tagged('新加坡提出') == [('新加坡', 'ns'), ('提出', 'v')]\n"
    )
    command = [sys.executable, "-c", f"{before.format(own=str(own))}\n{program}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "[['新加坡', 'ns'], ['提出', 'v']]\n"


def test_an_empty_term_occurs_nowhere() -> None:
    assert not occurs("甲国", "")
    assert not occurs("", "")
