"""A folder of articles that changes at random, and its expected index.

The expectation is derived from the texts written here, without any code of the product.
"""

import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

ARTICLES = 60
_FEWEST, _MOST = 40, 80
_HAN = "安邦昌成春丹德东恩方丰富高光广桂海汉和红湖华淮辉吉江金景凯康兰丽林龙明南宁平青庆泉瑞山"
_NOISE = 4_200_000  # bytes of an unreadable file: enough for reading in several processes
_NAME = re.compile(r"([^。\n，]{4}站)于")


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as written: its articles by id; wholly `broken`, or `torn` at one article's line."""

    articles: Mapping[str, str]
    broken: bool = False
    torn: str | None = None

    def bytes_as(self, name: str) -> bytes:
        """Return the bytes of the file, whose format its name gives."""
        if self.broken:
            return bytes(range(256)) * 40
        extension = name.rsplit(".", 1)[1]
        if extension == "jsonl":
            return "".join(self._line(article) for article in self.articles).encode()
        [text] = self.articles.values()
        title, *paragraphs = text.split("\n\n")
        if extension == "html":
            inside = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
            head = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
            return f"{head}<body><article><h1>{title}</h1>{inside}</article></body></html>".encode()
        return (f"# {text}\n" if extension == "md" else text).encode()

    def _line(self, article: str) -> str:
        text = json.dumps({"id": article, "text": self.articles[article]}, ensure_ascii=False)
        return (text[: len(text) // 2] if article == self.torn else text) + "\n"


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of one generation: each article's text and the file it came from."""

    texts: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)

    def after(self, files: Mapping[str, WrittenFile]) -> "Contents":
        """Return the contents of the next generation: a failing file keeps its last version."""
        texts, paths = dict[str, str](), dict[str, str]()
        for name, file in files.items():
            whole = {} if file.broken else dict(file.articles)
            if file.torn is not None and not file.broken:
                del whole[file.torn]
            if file.broken or file.torn is not None:
                kept = {
                    article: self.texts[article]
                    for article, path in self.paths.items()
                    if path == name
                }
                whole = {**kept, **whole}
            texts |= whole
            paths |= dict.fromkeys(whole, name)
        return Contents(texts, paths)

    def names(self) -> list[str]:
        """Return names that occur in the articles, to ask about."""
        return [match[1] for text in self.texts.values() if (match := _NAME.search(text))]


class Folder:
    """The folder on disk, with its `files` by name."""

    def __init__(self, root: Path, chance: random.Random, length: int) -> None:
        """Write the first articles, each of `length` paragraphs of some 300 characters."""
        self.root = root
        self.files: dict[str, WrittenFile] = {}
        self._chance = chance
        self._length = length
        self._count = 0
        (root / "sub").mkdir(parents=True)
        (root / "noise.txt").write_bytes(chance.randbytes(_NOISE))
        while self._size() < ARTICLES:
            self._add()
        self._write(dict(self.files), {})

    def change(self, extent: str, former: Mapping[str, WrittenFile]) -> None:
        """Change a few files (`small`), every text (`large`), or all back to `former`."""
        before = dict(self.files)
        if extent == "revert":
            self.files = dict(former)
        elif extent == "large":
            self.files = {name: self._rewritten(file) for name, file in self.files.items()}
        else:
            for _ in range(self._chance.randint(1, 5)):
                self._step()
        self._write(self.files, before)

    def _step(self) -> None:
        """Add, remove, rename, rewrite, break or repair one file."""
        name = self._chance.choice(sorted(self.files))
        file = self.files[name]
        steps = ["change", "change", "rename", "break", "mend", "tear"]
        steps += ["add"] * (2 if self._size() < _MOST else 0)
        steps += ["remove"] if self._size() > _FEWEST else []
        step = self._chance.choice(steps)
        if step == "add":
            self._add()
        elif step == "remove":
            del self.files[name]
        elif step == "rename":
            self._rename(name)
        elif step == "change":
            self.files[name] = self._rewritten(file)
        elif step == "tear" and name.endswith(".jsonl"):
            self.files[name] = replace(file, torn=self._chance.choice(sorted(file.articles)))
        else:
            self.files[name] = replace(file, broken=step == "break", torn=None)

    def _rename(self, name: str) -> None:
        """Rename a file, which makes it another article; JSON lines keep their ids."""
        file, new = self.files.pop(name), self._name(name.rsplit(".", 1)[1])
        if not new.endswith(".jsonl"):
            file = replace(file, articles={new: next(iter(file.articles.values()))})
        self.files[new] = file

    def _add(self) -> None:
        name = self._name(self._chance.choice(["txt", "txt", "md", "html", "jsonl"]))
        ids = [f"{name}/{at}" for at in range(4)] if name.endswith(".jsonl") else [name]
        self.files[name] = WrittenFile({article: self._text() for article in ids})

    def _rewritten(self, file: WrittenFile) -> WrittenFile:
        """Return other texts, or one more paragraph, under the same ids."""
        if self._chance.random() < 0.5:
            return WrittenFile({article: self._text() for article in file.articles})
        return WrittenFile(
            {article: f"{text}\n\n{self._text(1)}" for article, text in file.articles.items()}
        )

    def _name(self, extension: str) -> str:
        self._count += 1
        return f"{self._chance.choice(['', 'sub/'])}{self._count:05}.{extension}"

    def _text(self, paragraphs: int | None = None) -> str:
        """Return that many paragraphs, or a whole article; no sentence ever occurs twice."""
        if paragraphs is not None:
            return "\n\n".join(
                "".join(self._sentence() for _ in range(8)) for _ in range(paragraphs)
            )
        return f"{self._word(4)}各站的建设情况\n\n{self._text(self._length)}"

    def _sentence(self) -> str:
        chance = self._chance
        return (
            f"{self._word(4)}站于{chance.randint(1900, 2025)}年建成，由{self._word(3)}公司出资"
            f"{chance.randint(10, 9999)}万元，位于{self._word(2)}市以北"
            f"{chance.randint(2, 99)}公里处。"
        )

    def _word(self, length: int) -> str:
        return "".join(self._chance.choices(_HAN, k=length))

    def _size(self) -> int:
        return sum(len(file.articles) for file in self.files.values())

    def _write(self, files: Mapping[str, WrittenFile], before: Mapping[str, WrittenFile]) -> None:
        """Write the files that differ from `before`."""
        for name in before.keys() - files.keys():
            (self.root / name).unlink()
        for name, file in files.items():
            if before.get(name) != file:
                (self.root / name).write_bytes(file.bytes_as(name))
