"""The dictionary, read at once, is what jieba reads of it line by line."""

import jieba
import jieba.posseg
from hypothesis import given
from hypothesis import strategies as st

from index.text.word_list import WordList

WORDS = st.dictionaries(
    st.text(alphabet="国家标准ab&", min_size=1, max_size=5),
    st.tuples(st.integers(0, 9), st.sampled_from(["n", "nz", "v"])),
    max_size=20,
)


def test_it_holds_what_jieba_makes_of_its_own_dictionary() -> None:
    words = jieba.Tokenizer()
    with words.get_dict_file() as file:
        read = WordList.of(file.read().decode("utf-8"))
    assert (read.frequencies, read.total) == words.gen_pfdict(words.get_dict_file())
    assert read.tags == jieba.posseg.POSTokenizer(words).word_tag_tab


@given(WORDS)
def test_every_beginning_of_a_word_is_known(words: dict[str, tuple[int, str]]) -> None:
    lines = "".join(f"{word} {count} {tag}\n" for word, (count, tag) in words.items())
    read = WordList.of(lines)
    for word, (count, tag) in words.items():
        assert (read.frequencies[word], read.tags[word]) == (count, tag)
        assert all(word[:end] in read.frequencies for end in range(1, len(word)))
    beginnings = {word[:end] for word in words for end in range(1, len(word) + 1)}
    assert read.frequencies.keys() == beginnings
    assert read.total == sum(read.frequencies.values())
