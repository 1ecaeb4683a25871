"""Open an index version in Milvus for reading, as a `Generation`."""

import json

import numpy as np

from index.errors import MismatchError
from index.milvus import record_keys
from index.milvus.milvus_catalogue import MilvusCatalogue, MilvusSentences
from index.milvus.milvus_server import MilvusServer
from index.milvus.milvus_vectors import MilvusDenseIndex
from index.milvus.milvus_words import MilvusLexicalIndex
from index.milvus.published import PublishedManifest, PublishedVersions, records_of
from index.milvus.record_store import RecordStore
from index.milvus.term_table import TermEntry, TermTable, entry_of
from index.models.encoder import Encoder, scores_sentences
from index.search.generation import Generation
from index.search.lexical import stemmer
from index.search.synonyms import Synonyms
from index.text.analyzer import Analyzer
from index.text.sentences import SENTENCES
from index.text.user_dictionary import UserWords


def open_published(
    server: MilvusServer, name: str, encoder: Encoder, analyzer: Analyzer
) -> tuple[Generation, PublishedManifest]:
    """Open the index version with this name; return what was published of it, too.

    Raises:
        MismatchError: made with another model or analyzer, or it is half written.
        StoreError: the server does not answer, or refuses.
    """
    published = PublishedVersions(server).manifest(name)
    if published is None:
        raise MismatchError(
            f"{name} in Milvus is half written. Publish the index anew with: yiju rebuild "
            "--engine milvus"
        )
    manifest = published.manifest
    manifest.expect("model", manifest.model, encoder.id)
    records = RecordStore(server, records_of(name))
    texts = records.get(
        [
            record_keys.USER_WORDS,
            record_keys.SYNONYMS,
            record_keys.VOCABULARY,
            record_keys.FAMILIAR,
        ]
    )
    own = UserWords.model_validate_json(texts[record_keys.USER_WORDS])
    analyzer = analyzer.with_user_words(own.words)
    manifest.expect("tokenizer", manifest.tokenizer, analyzer.id)
    terms = TermTable(records, familiar_terms(texts[record_keys.FAMILIAR]))
    catalogue = MilvusCatalogue(server, name, records)
    vocabulary = np.array(json.loads(texts[record_keys.VOCABULARY]), dtype=np.int64)
    pairs = json.loads(texts[record_keys.SYNONYMS])
    sentences = None
    if scores_sentences(encoder):
        manifest.expect("sentences", manifest.sentences_by, SENTENCES)
        sentences = MilvusSentences(catalogue, vocabulary)
    generation = Generation(
        manifest,
        MilvusDenseIndex(server, name, manifest.passages, manifest.dim),
        MilvusLexicalIndex(server, name, terms, manifest.passages, stemmer()),
        sentences,
        catalogue,
        analyzer,
        Synonyms(((name, short) for name, short in pairs), own.groups),
    )
    return generation, published


def familiar_terms(text: str) -> dict[str, TermEntry]:
    """Return the terms that are known without being looked up."""
    pairs = (line.rsplit("\t", 1) for line in text.split("\n") if line)
    return {term: entry_of(entry) for term, entry in pairs}
