"""A generation open for reading: its indexes and its articles."""

from dataclasses import dataclass
from pathlib import Path

from index.library.catalogue import ArticleCatalogue, Catalogue
from index.library.version import Version
from index.models.encoder import Encoder, scores_sentences
from index.search import synonyms
from index.search.dense.dense_index import DenseIndex
from index.search.lexical import TantivyIndex
from index.search.lexical_index import LexicalIndex
from index.search.segments import Segments
from index.search.sentence_index import PassageSentences
from index.search.synonyms import Synonyms
from index.store.library_check import check_agreement
from index.store.manifest import FileSums, Manifest
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.sentences import SENTENCES
from index.text.user_dictionary import UserWords


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation open for reading in this process.

    `analyzer` made its terms and must analyze the questions; `synonyms` are the other forms of
    names that its articles and its user define. `sentences` is None unless the generation was
    made with a `SentenceEncoder`.
    """

    manifest: Manifest
    vectors: DenseIndex
    lexical: LexicalIndex
    sentences: PassageSentences | None
    catalogue: ArticleCatalogue
    analyzer: Analyzer
    synonyms: Synonyms

    @classmethod
    def open(  # noqa: PLR0913, PLR0917 - the last two serve a rebuild alone
        cls,
        store: Store,
        version: str,
        encoder: Encoder,
        analyzer: Analyzer,
        sums: FileSums | None = None,
        folder: Path | None = None,
    ) -> "Generation":
        """Open a generation after checking everything in its manifest.

        The generation adds its user's own words to the common `analyzer`. `sums` remember
        what was checked before. A generation that is being built is in another `folder`.

        Another splitter is no reason to refuse: passages are stored with their ranges.

        Raises:
            MismatchError: made with another model, analyzer, library or sentence rules, or damaged.
        """
        is_built = folder is not None
        folder = folder or store.folder(version)
        manifest = Manifest.read(folder)
        manifest.expect("version", manifest.version, version)
        manifest.expect("model", manifest.model, encoder.id)
        manifest.expect("sentences", manifest.sentences_by, SENTENCES)
        sums = sums or FileSums()
        manifest.check_files(folder, sums)
        own = UserWords.of_generation(folder)
        analyzer = analyzer.with_user_words(own.words)
        manifest.expect("tokenizer", manifest.tokenizer, analyzer.id)
        segments = Segments(folder)
        vectors, lexical = segments.vectors(manifest.engine), TantivyIndex(folder / "lexical")
        if vectors.dim is not None:
            manifest.expect("dimension", manifest.dim, vectors.dim)
        manifest.expect("number of vectors", manifest.passages, len(vectors))
        manifest.expect("number of passages", manifest.passages, len(lexical))
        sentences = segments.sentences() if scores_sentences(encoder) else None
        catalogue = Catalogue(store.library, Version(version))
        if not is_built:  # else its writer has just looked at all articles
            check_agreement(manifest, catalogue.db)
        articles = catalogue.count()
        manifest.expect("number of articles", manifest.articles, articles)
        other_forms = Synonyms(synonyms.read(folder), own.groups)
        return cls(manifest, vectors, lexical, sentences, catalogue, analyzer, other_forms)

    def close(self) -> None:
        """Give back the catalogue; mapped files are unmapped with their last reference."""
        self.catalogue.close()
