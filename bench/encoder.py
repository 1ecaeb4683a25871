"""`python -m bench.encoder`: quality of dense retrieval alone, and cost of the encoder.

Search is exact. Needs the data folder: its measuring sets, which no training has seen, and its
statutes.
"""

import gzip
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
import opencc

from index.models.encoder import Encoder, SentenceEncoder, Vectors, scores_sentences
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.search.late_interaction import LateInteraction
from index.search.sentence_index import Sentences
from index.text.splitter import split
from training.data_folder import data_option

Ranks = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages and questions, with the row of each question's passage."""

    passages: list[str]
    questions: list[str]
    answers: npt.NDArray[np.int64]

    def reworded(self, questions: list[str]) -> "Collection":
        """Return the same passages with the questions in another wording."""
        return Collection(self.passages, questions, self.answers)

    def among(self, others: list[str]) -> "Collection":
        """Return the same questions over additional distracting passages."""
        return Collection([*self.passages, *others], self.questions, self.answers)


def read(path: Path) -> Collection:
    """Read a SQuAD-style reading set; each paragraph becomes a passage."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        paragraphs = [p for article in json.load(file)["data"] for p in article["paragraphs"]]
    pairs = [(q["question"], row) for row, p in enumerate(paragraphs) for q in p["qas"]]
    answers = np.array([row for _, row in pairs])
    return Collection([p["context"] for p in paragraphs], [q for q, _ in pairs], answers)


def by_vector(encoder: Encoder, collection: Collection) -> Ranks:
    """Return the rank of each question's passage, from 1, by one vector per passage."""
    passages = embedded(encoder.embed_passages, collection.passages)
    questions = embedded(encoder.embed_questions, collection.questions)
    parts = range(0, len(questions), 256)
    return np.concatenate(
        [
            ranks(questions[at : at + 256] @ passages.T, collection.answers[at : at + 256])
            for at in parts
        ]
    )


def by_best_sentence(encoder: SentenceEncoder, collection: Collection) -> Ranks:
    """Return the rank of each question's passage, from 1, by the best sentence of each passage."""
    sentences = Sentences.of(collection.passages, encoder)
    scores = [
        LateInteraction(question, encoder).scores(sentences) for question in collection.questions
    ]
    return ranks(np.stack(scores), collection.answers)


def ranks(scores: Vectors, answers: npt.NDArray[np.int64]) -> Ranks:
    """Return the rank of the right passage; ties count against it.

    >>> ranks(np.array([[0.9, 0.1, 0.5]], np.float32), np.array([2])).tolist()
    [2]
    """
    right = scores[np.arange(len(answers)), answers]
    return np.asarray((scores >= right[:, None]).sum(axis=1))


def matching(encoder: Encoder, path: Path) -> float:
    """Return the accuracy of bitext retrieval: nearest sentence is the translation, both ways."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pairs = [line.rstrip("\n").split("\t") for line in lines]
    english, chinese = (
        embedded(encoder.embed_passages, [pair[side] for pair in pairs]) for side in (0, 1)
    )
    cosines = english @ chinese.T
    own = np.arange(len(pairs))
    return float(((cosines.argmax(0) == own).mean() + (cosines.argmax(1) == own).mean()) / 2)


def embedded(embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
    """Embed many texts, a few thousand at a time."""
    return np.concatenate([embed(texts[at : at + 4096]) for at in range(0, len(texts), 4096)])


def format_recall(found_at: Ranks, *cuts: int) -> str:
    """Format recall at each cut-off rank.

    >>> format_recall(np.array([1, 2, 3, 9]), 1, 5)
    '0.250 / 0.750'
    """
    return " / ".join(f"{(found_at <= cut).mean():.3f}" for cut in cuts)


def quality(encoder: Encoder, data: Path, others: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and value of every quality figure; `others` are distracting passages."""
    measure = data / "measure"
    chinese, english = (read(measure / f"xquad-dev-{side}.json.gz") for side in ("zh", "en"))
    cmrc = read(measure / "cmrc2018-dev.json.gz")
    traditional = list(map(opencc.OpenCC("s2t").convert, chinese.questions))
    collections = {
        "XQuAD-dev zh→zh": chinese,
        "XQuAD-dev zh→zh, traditional questions": chinese.reworded(traditional),
        "XQuAD-dev en→zh": chinese.reworded(english.questions),
        "XQuAD-dev zh→en": english.reworded(chinese.questions),
        "XQuAD-dev en→en": english,
        "CMRC 2018 dev": cmrc,
    }
    for name, collection in collections.items():
        yield f"{name}, one vector, R@1 / R@5", format_recall(by_vector(encoder, collection), 1, 5)
        if scores_sentences(encoder):
            best = by_best_sentence(encoder, collection)
            yield f"{name}, best sentence, R@1 / R@5", format_recall(best, 1, 5)
    name = f"CMRC 2018 dev among {len(others)} passages of statutes"
    among = by_vector(encoder, cmrc.among(others))
    yield f"{name}, one vector, R@1 / R@100", format_recall(among, 1, 100)
    for stem in ("tatoeba-test", "ntrex-zh-hans", "ntrex-zh-hant"):
        yield f"{stem}, sentence matching", f"{matching(encoder, measure / f'{stem}.tsv.gz'):.3f}"


def statutes(data: Path) -> list[str]:
    """Return the passages of all statutes."""
    with gzip.open(data / "text" / "statutes.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [passage.of(text) for text in texts for passage in split(text)]


def costs(encoder: Encoder, folder: Path, texts: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and value of every figure of time and memory, measured on the texts."""
    passages = [text[:300] for text in texts if len(text) >= 250][:12000]
    questions = [text[:20] for text in passages[:1000]]
    encoder.embed_questions(questions[:1])
    seconds = timed(lambda: encoder.embed_passages(passages))
    yield "passages of 300 characters per second", f"{len(passages) / seconds:.0f}"
    seconds = timed(lambda: [encoder.embed_questions([question]) for question in questions])
    yield "one question", f"{seconds / len(questions) * 1000:.2f} ms"
    if scores_sentences(encoder):
        candidates = [Sentences.of(passages[at : at + 100], encoder) for at in range(0, 2000, 100)]
        pairs = list(zip(questions, candidates, strict=False))
        seconds = timed(lambda: [LateInteraction(q, encoder).scores(c) for q, c in pairs])
        yield "best sentence of 100 candidates", f"{seconds / len(pairs) * 1000:.2f} ms"
    loading, memory = subprocess.run(
        [sys.executable, "-c", _LOADING, str(folder)], capture_output=True, text=True, check=True
    ).stdout.split()
    yield "loading", f"{float(loading):.2f} s"
    yield "resident memory, Python with the encoder", f"{float(memory) / 1024:.0f} MB"


def timed(work: Callable[[], object]) -> float:
    """Return the shortest of three runs in seconds: the least disturbed by other processes."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


_LOADING = """
import sys, time
from pathlib import Path
began = time.perf_counter()
from index.models.loading import open_encoder
encoder = open_encoder(Path(sys.argv[1]))
encoder.id, encoder.embed_questions(["投资了多少?"])
taken = time.perf_counter() - began
status = Path("/proc/self/status").read_text()
print(taken, next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
"""


@click.command(help=__doc__)
@click.option("--model", default=BUNDLED, show_default=True, help="Name or folder of a model.")
@data_option("measure")
def main(model: str, data: Path) -> None:
    """Print one line per figure."""
    folder = model_folder(model)
    encoder = open_encoder(folder)
    click.echo(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    click.echo(f"{encoder.id}, {encoder.dim} dimensions")
    others = statutes(data)
    for figures in (quality(encoder, data, others), costs(encoder, folder, others)):
        for name, figure in figures:
            click.echo(f"{name:72} {figure}")


if __name__ == "__main__":
    main()
