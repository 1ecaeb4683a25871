"""`python -m training.pinyin_names`: list names in Han characters with their spelling in pinyin.

They are the proper nouns of CC-CEDICT, whose pinyin it writes with a capital letter, as far as the
encoder knows them: 北斗 is `beidou`. What English texts often write in lower case is a word there,
not a name: `change` is not 嫦娥. 陕西 is `shaanxi`, as maps write it to tell it from 山西.
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from index.models.loading import bundled
from index.text.pinyin import NAMES
from training.data_folder import data_option
from training.sources import BITEXT, bitext

_ENTRY = re.compile(r"\S+ (?P<name>[\u4e00-\u9fff]{2,}) \[(?P<pinyin>[A-Z][^\]]*)\]")


@click.command(help=__doc__)
@data_option("dictionary")
@click.option("--out", default=NAMES, type=click.Path(path_type=Path))
def main(data: Path, out: Path) -> None:
    """Write a line for each name: its spelling and itself, in order."""
    encoder = bundled()
    known = set(encoder.spellings(np.arange(len(encoder))))
    words = _english_words(data)
    lines = sorted(
        {
            f"{spelled} {name}"
            for spelled, name in _names(data)
            if name in known and spelled not in words
        }
    )
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} names")


def _english_words(data: Path) -> set[str]:
    """Return what parallel texts write in lower case more than once and in a third of cases."""
    counts: Counter[str] = Counter()
    for name in (*BITEXT, "prose", "tech-docs"):
        for english, _ in bitext(data, name):
            counts.update(re.findall("[A-Za-z]+", english))
    return {
        word
        for word in counts
        if word.islower() and counts[word] > max(1, counts[word.title()] / 2)
    }


def _names(data: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(data / "dictionary" / "cc-cedict.txt.gz", "rt", encoding="utf-8") as lines:
        for entry in filter(None, map(_ENTRY.match, lines)):
            # ü is written u in names of places, v by those who type it.
            for letter in ("u", "v") if "u:" in entry["pinyin"] else ("",):
                spelled = entry["pinyin"].lower().replace("u:", letter)
                yield _on_maps(re.sub("[^a-z]", "", spelled), entry["name"]), entry["name"]


def _on_maps(spelled: str, name: str) -> str:
    """Return a spelling as maps write it.

    >>> _on_maps("shanxisheng", "陕西省")
    'shaanxisheng'
    """
    return spelled.replace("shanxi", "shaanxi") if "陕西" in name else spelled


if __name__ == "__main__":
    main()
