"""A generation: the indexes with their manifest in one folder, written once, then only read."""

from dataclasses import dataclass
from datetime import UTC, datetime

from index import synonyms
from index.catalogue import Catalogue
from index.encoder import Encoder
from index.errors import MismatchError
from index.lexical import LexicalIndex, Terms
from index.library import Library
from index.manifest import Manifest, checksums
from index.passages import SPLITTER
from index.progress import Progress, counted
from index.sentence_index import SentenceIndex
from index.static import StaticEncoder
from index.store import Store
from index.synonyms import Synonyms
from index.user_words import UserWords
from index.vectors import VectorIndex
from index.words import Words, bigrams


@dataclass(frozen=True, slots=True)
class Recipe:
    """What makes an index out of the library, and who hears how far it is.

    `words` have the words of `own` already.
    """

    encoder: Encoder
    words: Words
    own: UserWords
    progress: Progress


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is open for reading in this process.

    `words` are those that made its terms, and must read the questions; `synonyms` are the other
    forms of names that its articles and its user define. Only a static model has a sentence
    index: it scores candidates by their best sentence.
    """

    manifest: Manifest
    vectors: VectorIndex
    lexical: LexicalIndex
    sentences: SentenceIndex | None
    catalogue: Catalogue
    words: Words
    synonyms: Synonyms

    @classmethod
    def open(cls, store: Store, version: str, encoder: Encoder, words: Words) -> "Generation":
        """Maps a generation's files, after all that it claims is checked.

        `words` are the common ones; the generation adds its user's own.

        Another splitter is no reason to refuse: passages know their ranges.

        Raises:
            MismatchError: made with another model or tokenizer, or damaged.
        """
        folder = store.folder(version)
        manifest = Manifest.read(folder)
        manifest.expect("version", manifest.version, version)
        manifest.expect("model", manifest.model, encoder.id)
        manifest.check_files(folder)
        own = UserWords.of_generation(folder)
        words = words.with_own(own.words)
        manifest.expect("tokenizer", manifest.tokenizer, words.id)
        vectors = VectorIndex.open(folder / "vectors.faiss")
        lexical = LexicalIndex(folder / "lexical")
        manifest.expect("dimension", manifest.dim, vectors.dim)
        manifest.expect("number of vectors", manifest.passages, len(vectors))
        manifest.expect("number of passages", manifest.passages, len(lexical))
        sentences = None
        if isinstance(encoder, StaticEncoder):
            sentences = SentenceIndex(folder / "sentences")
            manifest.expect("number of passages in sentences", manifest.passages, len(sentences))
        catalogue = Catalogue(store.library, int(version))
        _, articles = catalogue.listings("", 0, 0)
        manifest.expect("number of articles", manifest.articles, articles)
        alike = Synonyms(synonyms.read(folder), own.groups)
        return cls(manifest, vectors, lexical, sentences, catalogue, words, alike)


def is_up_to_date(store: Store, version: str, made: Recipe) -> bool:
    """Whether a generation is sound and was made the way a new one would be."""
    try:
        manifest = Manifest.read(store.folder(version))
        manifest.check_files(store.folder(version))
        own = UserWords.of_generation(store.folder(version))
    except MismatchError:
        return False
    made_with = (manifest.model, manifest.tokenizer, manifest.splitter, own)
    return made_with == (made.encoder.id, made.words.id, SPLITTER, made.own)


def write(store: Store, version: str, base: str | None, library: Library, made: Recipe) -> None:
    """Writes the indexes for what the library has recorded under `version`.

    `base` is an earlier generation whose lexical index is taken over as far as it still holds.
    """
    folder = store.folder(version)
    folder.mkdir(parents=True)
    hashes = library.passage_hashes(int(version))
    numbers = list(hashes)
    vectors = library.vectors(made.encoder.id, hashes.values())
    VectorIndex.write(folder / "vectors.faiss", numbers, vectors)
    known = set(library.passage_hashes(int(base))) if base else set()
    added = [number for number in numbers if number not in known]
    LexicalIndex.write(
        folder / "lexical",
        (
            (passage.id, _terms(made.words, passage.text, passage.context))
            for passage in counted(library.passages(added), len(added), "indexing", made.progress)
        ),
        known - hashes.keys(),
        store.folder(base) / "lexical" if base else None,
    )
    _write_sentences(store, version, base, library, made)
    made.own.write(folder)
    synonyms.write(folder, synonyms.defined(library.texts(int(version)), made.words))
    Manifest(
        version=version,
        rebuilt_at=datetime.now(UTC).isoformat(timespec="seconds"),
        model=made.encoder.id,
        dim=vectors.shape[1],
        tokenizer=made.words.id,
        splitter=SPLITTER,
        articles=len(library.entries(int(version))),
        passages=len(numbers),
        files=checksums(folder),
    ).write(folder)


def _write_sentences(
    store: Store, version: str, base: str | None, library: Library, made: Recipe
) -> None:
    """For a static model only. What an earlier generation has by the same model is taken over."""
    if not isinstance(made.encoder, StaticEncoder):
        return
    if base is not None and Manifest.read(store.folder(base)).model != made.encoder.id:
        base = None
    numbers = library.passage_hashes(int(version)).keys()
    kept = numbers & library.passage_hashes(int(base)).keys() if base else set()
    added = [number for number in numbers if number not in kept]
    passages = counted(library.passages(added), len(added), "reading sentences", made.progress)
    SentenceIndex.write(
        store.folder(version) / "sentences",
        ((passage.id, passage.text) for passage in passages),
        made.encoder,
        kept,
        store.folder(base) / "sentences" if base else None,
    )


def lexical_base(store: Store, version: str | None, words: Words) -> str | None:
    """The generation whose lexical index can be built upon, if there is one."""
    if version is None:
        return None
    try:
        manifest = Manifest.read(store.folder(version))
        manifest.check_files(store.folder(version))
    except MismatchError:
        return None
    return version if manifest.tokenizer == words.id else None


def _terms(words: Words, text: str, context: str) -> Terms:
    return Terms(words.terms(text), bigrams(text), words.terms(context))
