"""`python -m training.homophones`: list the Han characters that are read alike, tones aside.

Each syllable's characters are a line, in the order of how often CC-CEDICT's words read them so.
"""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import click

from index.text.homophones import HOMOPHONES
from training.data_folder import data_option

_ENTRY = re.compile(r"\S+ (?P<word>[\u4e00-\u9fff]+) \[(?P<pinyin>[^\]]+)\]")
_LEAST = 2  # words that read a character so: fewer are proper nouns and slips


@click.command(help=__doc__)
@data_option("dictionary")
@click.option("--out", default=HOMOPHONES, type=click.Path(path_type=Path))
def main(data: Path, out: Path) -> None:
    """Write a line for each syllable that more than one character has."""
    alike: dict[str, list[str]] = defaultdict(list)
    for (syllable, character), count in Counter(_readings(data)).most_common():
        if count >= _LEAST:
            alike[syllable].append(character)
    lines = ["".join(characters) for _, characters in sorted(alike.items()) if characters[1:]]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} syllables, {len(set(''.join(lines)))} characters")


def _readings(data: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(data / "dictionary" / "cc-cedict.txt.gz", "rt", encoding="utf-8") as lines:
        for entry in filter(None, map(_ENTRY.match, lines)):
            syllables = re.findall("[a-z:]+", entry["pinyin"].lower())
            if len(syllables) == len(entry["word"]):
                yield from zip(syllables, entry["word"], strict=True)


if __name__ == "__main__":
    main()
