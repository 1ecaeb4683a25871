"""`python -m training.common_words`: list words that jieba tags as names and that are none.

CC-CEDICT writes the pinyin of proper nouns with a capital letter. A word that it has, and never so,
is no name, whatever jieba's dictionary says.
"""

import gzip
import re
from pathlib import Path

import click
import jieba

from qa.entities.names import COMMON_WORDS
from training.data_folder import data_option

_TAGS = frozenset({"nr", "nrt", "nrfg", "ns"})
_ENTRY = re.compile(r"\S+ (?P<word>\S+) \[(?P<pinyin>[^\]]+)\]")


@click.command(help=__doc__)
@data_option("dictionary")
@click.option("--out", default=COMMON_WORDS, type=click.Path(path_type=Path))
def main(data: Path, out: Path) -> None:
    """Write the words, a line each, in order."""
    names: dict[str, bool] = {}
    path = data / "dictionary" / "cc-cedict.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for entry in filter(None, map(_ENTRY.match, lines)):
            is_name = entry["pinyin"][0].isupper()
            names[entry["word"]] = names.get(entry["word"], False) or is_name
    words = sorted(word for word in _tagged_as_names() if names.get(word) is False)
    out.write_text("\n".join(words) + "\n", encoding="utf-8")
    print(f"{len(words)} words")


def _tagged_as_names() -> list[str]:
    """Return the words of several characters that jieba's dictionary tags as names."""
    dictionary = Path(jieba.__file__).with_name("dict.txt")
    lines = (line.split() for line in dictionary.read_text(encoding="utf-8").splitlines())
    return [word for word, _, tag in lines if tag in _TAGS and len(word) > 1]


if __name__ == "__main__":
    main()
