"""Four processes embed a share each, and a rebuild takes in what they made."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.search.segments import Segments
from tests.conftest import ROOT, run_yiju
from tests.support.command_line_index import CommandLineIndex

SHARES = 4
STATIONS = 12


@pytest.fixture
def corpus(tmp_path: Path) -> CommandLineIndex:
    corpus = CommandLineIndex(tmp_path)
    for number in range(STATIONS):
        corpus.put_station(number, sentences=90)
    return corpus


def test_an_index_of_four_shares_is_that_which_is_built_alone(corpus: CommandLineIndex) -> None:
    folder = corpus.articles.parent / "vectors"
    folder.mkdir()
    embedding = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "yiju", "embed", corpus.articles, "--json"),
                *("--shard", f"{number}/{SHARES}", "--out", folder / f"{number}.vectors"),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for number in range(1, SHARES + 1)
    ]
    reports = [json.loads(process.communicate()[0]) for process in embedding]
    assert sum(report["articles"] for report in reports) == STATIONS
    assert sum(report["embedded"] for report in reports) > STATIONS

    report = corpus.rebuild("--embeddings", folder)
    assert (report["added"], report["embedded"]) == (STATIONS, 0)
    assert report["notes"] == [
        f"Vectors taken from files: {sum(report['embedded'] for report in reports)}."
    ]
    alone = CommandLineIndex(corpus.articles.parent, corpus.articles.parent / "alone")
    assert alone.rebuild()["embedded"] == report["passages"]
    ours, theirs = Segments(corpus.first), Segments(alone.first)
    assert ours.numbers.tolist() == theirs.numbers.tolist()
    numbers = ours.numbers.tolist()
    np.testing.assert_allclose(
        ours.vectors().vectors(numbers), theirs.vectors().vectors(numbers), atol=1e-6
    )


def test_what_is_there_is_not_embedded_again_and_what_is_wrong_is_told(
    corpus: CommandLineIndex,
) -> None:
    file = corpus.articles.parent / "all.vectors"
    first = json.loads(embed(corpus, "--out", file, "--json").stdout)
    corpus.put_station(99)
    again = json.loads(embed(corpus, "--out", file, "--json").stdout)
    assert (again["articles"], again["embedded"]) == (first["articles"] + 1, 1)
    file.write_bytes(file.read_bytes()[:5000])
    refused = corpus.run("rebuild", corpus.articles, "--embeddings", file)
    assert (refused.returncode, refused.stderr) == (
        1,
        f"Error: {file} is damaged, or no file of vectors. Copy it again, or make it anew with: "
        "yiju embed\n",
    )
    assert not corpus.library.exists()


@pytest.mark.parametrize("shard", ["0/4", "5/4", "2", "1/0", "a/b"])
def test_a_share_that_is_none_is_refused(shard: str) -> None:
    refused = run_yiju("embed", "articles", "--out", "x.vectors", "--shard", shard)
    assert refused.returncode == 2
    assert f"“{shard}” is no share; write 2/4 for the second of four." in refused.stderr


def embed(corpus: CommandLineIndex, *options: object) -> "subprocess.CompletedProcess[str]":
    return run_yiju("embed", corpus.articles, *options)
