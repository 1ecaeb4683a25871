"""A generation is refused unless it is what its manifest says; the next one leaves it as it is."""

import pytest

from index.build.generation_writer import BuildContext, ReusableGeneration
from index.errors import MismatchError
from index.progress import silent
from index.search.generation import Generation
from index.store.manifest import Manifest
from index.text.analyzer import TOKENIZER
from index.text.sentences import SENTENCES
from index.text.splitter import SPLITTER
from index.text.user_dictionary import UserWords
from tests.support import small_index
from tests.support.article_folder import bytes_of
from tests.support.small_index import SmallIndex, TinyEncoder


def context(model: str = "tiny@1") -> BuildContext:
    """Return what a new generation is built with."""
    return BuildContext(TinyEncoder(model), small_index.analyzer(), UserWords(), silent)


def base(corpus: SmallIndex, version: str = "000001", model: str = "tiny@1") -> ReusableGeneration:
    """Return what a new generation would be based on."""
    return ReusableGeneration.of(corpus.store, version, context(model))


@pytest.fixture
def built(corpus: SmallIndex) -> SmallIndex:
    corpus.put("a.txt", "甲国在2016年投资了100万美元。乙国没有投资。")
    corpus.put("b.txt", "丙国的城市很智慧，大家都这样说。")
    corpus.rebuild()
    return corpus


def test_what_is_opened_is_what_the_manifest_says(built: SmallIndex) -> None:
    generation = built.open()
    manifest = generation.manifest
    assert (manifest.version, manifest.model, manifest.dim) == ("000001", "tiny@1", 32)
    assert (manifest.tokenizer, manifest.splitter) == (TOKENIZER, SPLITTER)
    assert (manifest.articles, manifest.passages) == (2, 2)
    assert len(generation.vectors) == len(generation.lexical) == 2
    assert base(built).is_like(context())
    assert base(built).not_reused(context()) == []


def test_a_flipped_bit_in_any_file_is_refused_by_its_name(built: SmallIndex) -> None:
    folder = built.store.folder("000001")
    names = [name for name in bytes_of(folder) if name != "manifest.json"]
    assert "segments/000001/vectors.faiss" in names
    assert len(names) > 3
    for name in (name for name in names if not name.endswith(".lock")):
        path = folder / name
        sound = path.read_bytes()
        for at in {0, len(sound) // 2, len(sound) - 1}:
            damaged = bytearray(sound)
            damaged[at] ^= 1
            path.write_bytes(damaged)
            with pytest.raises(MismatchError, match=f"file {name} has checksum"):
                built.open()
            with pytest.raises(MismatchError, match=f"file {name} has checksum"):
                base(built)
        path.write_bytes(sound)
    built.open()


def test_a_manifest_that_lies_is_refused(built: SmallIndex) -> None:
    folder = built.store.folder("000001")
    for lie in ({"version": "000007"}, {"articles": 9}):
        Manifest.read(folder).model_copy(update=lie).write(folder)
        with pytest.raises(MismatchError):
            built.open()


@pytest.mark.parametrize(
    ("lie", "message"),
    [
        ({"model": "large@2"}, "made with model large@2, but now it is tiny@1"),
        ({"tokenizer": "bytes/9"}, f"made with tokenizer bytes/9, but now it is {TOKENIZER}"),
        ({"sentences": "lines/9"}, f"made with sentences lines/9, but now it is {SENTENCES}"),
        ({"dim": 99}, "made with dimension 99, but now it is 32"),
        ({"passages": 3}, "made with number of vectors 3, but now it is 2"),
    ],
)
def test_other_settings_are_refused_with_both_values_and_the_cure(
    built: SmallIndex, lie: dict[str, object], message: str
) -> None:
    folder = built.store.folder("000001")
    Manifest.read(folder).model_copy(update=lie).write(folder)
    with pytest.raises(MismatchError) as refused:
        built.open()
    assert message in str(refused.value)
    assert "yiju rebuild FOLDER" in str(refused.value)


def test_an_index_of_another_splitter_is_still_served(built: SmallIndex) -> None:
    folder = built.store.folder("000001")
    Manifest.read(folder).model_copy(update={"splitter": "lines/9"}).write(folder)
    assert len(built.open().lexical) > 0


def test_an_index_made_before_its_sentences_were_recorded_is_up_to_date(built: SmallIndex) -> None:
    folder = built.store.folder("000001")
    assert Manifest.read(folder).sentences == SENTENCES
    Manifest.read(folder).model_copy(update={"sentences": None}).write(folder)
    assert built.open().manifest.sentences is None
    done = built.rebuild()
    assert (done.index_version, done.changed, done.notes) == ("000001", 0, [])


def test_a_rebuild_splits_other_sentences_anew_and_keeps_vectors(built: SmallIndex) -> None:
    folder = built.store.folder("000001")
    Manifest.read(folder).model_copy(update={"sentences": "lines/9"}).write(folder)
    done = built.rebuild()
    assert (done.index_version, done.embedded) == ("000002", 0)
    assert done.notes == [f"Sentences were cut anew: lines/9 → {SENTENCES}."]
    assert built.open().manifest.sentences == SENTENCES


def test_a_generation_of_other_settings_is_not_up_to_date_and_says_why(built: SmallIndex) -> None:
    other = base(built, model="large@2")
    assert (other.words, other.vectors, other.is_like(context("large@2"))) == (True, False, False)
    assert other.not_reused(context("large@2")) == ["Vectors were made anew: tiny@1 → large@2."]
    folder = built.store.folder("000001")
    Manifest.read(folder).model_copy(update={"splitter": "lines/9", "tokenizer": "b/9"}).write(
        folder
    )
    assert base(built).not_reused(context()) == [
        f"Words were made anew: b/9 → {TOKENIZER}.",
        f"Passages were cut anew: lines/9 → {SPLITTER}.",
    ]
    with pytest.raises(MismatchError, match=r"manifest\.json is missing or damaged"):
        base(built, "000009")


def test_writing_the_next_generation_leaves_the_open_one_as_it_is(built: SmallIndex) -> None:
    folder, open_one = built.store.folder("000001"), built.open()
    before = bytes_of(folder)
    question = TinyEncoder().embed_questions(["投资了多少"])
    hits = open_one.vectors.search(question, 9)
    built.put("b.txt", "丙国的城市不再智慧，没有人这样说。")
    built.put("c.txt", "丁国在2017年投资了300万美元。")
    built.rebuild()
    (built.articles / "a.txt").unlink()
    built.rebuild()
    assert bytes_of(folder) == before
    assert open_one.vectors.search(question, 9) == hits
    again = Generation.open(built.store, "000001", TinyEncoder(), small_index.analyzer())
    assert again.manifest == open_one.manifest
    places = open_one.catalogue.passages(number for number, _ in hits)
    assert {place.article_id for place in places.values()} == {"a.txt", "b.txt"}
