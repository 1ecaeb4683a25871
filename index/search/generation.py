"""A generation: the indexes with their manifest in one folder, written once, then only read."""

from dataclasses import dataclass
from pathlib import Path

from index.models.encoder import Encoder, scores_sentences
from index.search import synonyms
from index.search.dense_index import DenseIndex
from index.search.lexical import TantivyIndex
from index.search.lexical_index import LexicalIndex
from index.search.segments import Segments
from index.search.sentence_index import SentenceIndex
from index.search.synonyms import Synonyms
from index.store.catalogue import Catalogue
from index.store.manifest import FileSums, Manifest
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.sentences import SENTENCES
from index.text.user_dictionary import UserWords


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is open for reading in this process.

    `words` are those that made its terms, and must read the questions; `synonyms` are the other
    forms of names that its articles and its user define. Only a static model has a sentence
    index: it scores candidates by their best sentence.
    """

    manifest: Manifest
    vectors: DenseIndex
    lexical: LexicalIndex
    sentences: SentenceIndex | None
    catalogue: Catalogue
    analyzer: Analyzer
    synonyms: Synonyms

    @classmethod
    def open(  # noqa: PLR0913, PLR0917 - the last two are for a rebuild alone
        cls,
        store: Store,
        version: str,
        encoder: Encoder,
        analyzer: Analyzer,
        sums: FileSums | None = None,
        folder: Path | None = None,
    ) -> "Generation":
        """Maps a generation's files, after all that it claims is checked.

        `words` are the common ones; the generation adds its user's own. `sums` remember which
        files were checked before. One that is still in the making lies in another `folder`.

        Another splitter is no reason to refuse: passages know their ranges.

        Raises:
            MismatchError: made with another model, tokenizer or other sentences, or damaged.
        """
        folder = folder or store.folder(version)
        manifest = Manifest.read(folder)
        manifest.expect("version", manifest.version, version)
        manifest.expect("model", manifest.model, encoder.id)
        manifest.expect("sentences", manifest.sentences_by, SENTENCES)
        manifest.check_files(folder, sums or FileSums())
        own = UserWords.of_generation(folder)
        analyzer = analyzer.with_own(own.words)
        manifest.expect("tokenizer", manifest.tokenizer, analyzer.id)
        segments = Segments(folder)
        vectors, lexical = segments.vectors(), TantivyIndex(folder / "lexical")
        if vectors.dim is not None:
            manifest.expect("dimension", manifest.dim, vectors.dim)
        manifest.expect("number of vectors", manifest.passages, len(vectors))
        manifest.expect("number of passages", manifest.passages, len(lexical))
        sentences = segments.sentences() if scores_sentences(encoder) else None
        catalogue = Catalogue(store.library, int(version))
        _, articles = catalogue.listings("", 0, 0)
        manifest.expect("number of articles", manifest.articles, articles)
        alike = Synonyms(synonyms.read(folder), own.groups)
        return cls(manifest, vectors, lexical, sentences, catalogue, analyzer, alike)

    def close(self) -> None:
        """Closes the library's file; what is mapped goes with the last reference."""
        self.catalogue.close()
