"""Find the names that articles define, each article once, in several processes if many are new.

What a definition is, is left to `index.text.abbreviations`; which names are ambiguous, to
`index.search.synonyms`.
"""

from collections.abc import Sequence

from index.batches import Workload, batches
from index.library.definitions import Pair
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.processes.worker_pool import in_order
from index.progress import Progress, counted
from index.search.synonyms import names
from index.text.abbreviations import definitions
from index.text.analyzer import Analyzer
from index.text.folding import fold

_ARTICLES = 250  # per portion of work, and per transaction


def defined_names(
    library: LibraryFile,
    version: Version,
    analyzer: Analyzer,
    workload: Workload,
    progress: Progress,
) -> list[Pair]:
    """Return the pairs of names that a generation's articles define, without ambiguous ones.

    The definitions of an article are extracted once and stored in the library.
    """
    known = library.definitions(analyzer.id)
    missing = known.missing(version)
    is_large = len(missing) >= workload.parallel_passages
    if is_large:
        analyzer.load()  # processes forked afterwards share it
    portions = batches(library.texts(missing), _ARTICLES)
    found = in_order(
        lambda texts: [(number, _folded(text, analyzer)) for number, text in texts],
        portions,
        workload.processes if is_large else 1,
    )
    for _, pairs in counted(found, -(-len(missing) // _ARTICLES), "names", progress):
        known.add(pairs)
    return names(known.pairs(version))


def _folded(text: str, analyzer: Analyzer) -> Sequence[Pair]:
    return sorted({(fold(name), fold(short)) for name, short in definitions(text, analyzer)})
