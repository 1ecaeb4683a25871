"""Embed a share of the articles as the settings say."""

from collections.abc import Sequence
from pathlib import Path

from index.batches import Workload
from index.build.embedding.embed_shard import Embedded, Shard, ShardWriter
from index.ingest.reading_aids import ReadingAids
from index.models.loading import encoder_of
from index.progress import Progress
from index.settings import Settings


def embed_shard(
    settings: Settings,
    paths: Sequence[Path],
    shard: tuple[int, int],
    file: Path,
    progress: Progress,
) -> Embedded:
    """Embed the passages of a share, by number and count, that the file lacks.

    Raises:
        YijuError: as `ShardWriter.write` does.
    """
    workload = Workload(settings.rebuild_processes)
    writer = ShardWriter(encoder_of(settings), ReadingAids.of(settings), workload, progress)
    return writer.write(paths, Shard(*shard), file)
