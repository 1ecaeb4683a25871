"""A folder of articles that changes at random, and what an index of it must hold.

What is expected is worked out from the texts that were written here, by nothing of the product.
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
_NOISE = 4_200_000  # bytes of a file that can't be read: enough for reading in several processes
_NAME = re.compile(r"([^。\n，]{4}站)于")


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: its articles by id; `broken` wholly, or `torn` at one line."""

    articles: Mapping[str, str]
    broken: bool = False
    torn: str | None = None

    def bytes_as(self, name: str) -> bytes:
        """What stands in the file."""
        if self.broken:
            return bytes(range(256)) * 40
        kind = name.rsplit(".", 1)[1]
        if kind == "jsonl":
            return "".join(self._line(one) for one in self.articles).encode()
        [text] = self.articles.values()
        title, *paragraphs = text.split("\n\n")
        if kind == "html":
            inside = "".join(f"<p>{one}</p>" for one in paragraphs)
            head = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
            return f"{head}<body><article><h1>{title}</h1>{inside}</article></body></html>".encode()
        return (f"# {text}\n" if kind == "md" else text).encode()

    def _line(self, article: str) -> str:
        text = json.dumps({"id": article, "text": self.articles[article]}, ensure_ascii=False)
        return (text[: len(text) // 2] if article == self.torn else text) + "\n"


@dataclass(frozen=True, slots=True)
class Book:
    """What one generation holds: the text of every article, and the file it came from."""

    texts: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)

    def after(self, files: Mapping[str, Written]) -> "Book":
        """What the next generation must hold: a file that fails keeps its earlier version."""
        texts, paths = dict[str, str](), dict[str, str]()
        for name, file in files.items():
            whole = {} if file.broken else dict(file.articles)
            if file.torn is not None and not file.broken:
                del whole[file.torn]
            if file.broken or file.torn is not None:
                stays = {one: self.texts[one] for one, path in self.paths.items() if path == name}
                whole = {**stays, **whole}
            texts |= whole
            paths |= dict.fromkeys(whole, name)
        return Book(texts, paths)

    def names(self) -> list[str]:
        """Names that stand in the articles, to ask about."""
        return [found[1] for text in self.texts.values() if (found := _NAME.search(text))]


class Folder:
    """The folder on disk; `files` are what it holds, by name."""

    def __init__(self, root: Path, chance: random.Random, length: int) -> None:
        """`length` is the number of paragraphs of an article, some 300 characters each."""
        self.root = root
        self.files: dict[str, Written] = {}
        self._chance = chance
        self._length = length
        self._made = 0
        (root / "sub").mkdir(parents=True)
        (root / "noise.txt").write_bytes(chance.randbytes(_NOISE))
        while self._size() < ARTICLES:
            self._add()
        self._bring(dict(self.files), {})

    def change(self, kind: str, former: Mapping[str, Written]) -> None:
        """Changes a few files (`small`), every text (`large`), or all back to `former`."""
        before = dict(self.files)
        if kind == "revert":
            self.files = dict(former)
        elif kind == "large":
            self.files = {name: self._rewritten(file) for name, file in self.files.items()}
        else:
            for _ in range(self._chance.randint(1, 5)):
                self._step()
        self._bring(self.files, before)

    def _step(self) -> None:
        """One change: a file comes, goes, gets another name or text, breaks or is mended."""
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
        """Under another name a file is another article; lines of JSON keep their ids."""
        file, new = self.files.pop(name), self._name(name.rsplit(".", 1)[1])
        if not new.endswith(".jsonl"):
            file = replace(file, articles={new: next(iter(file.articles.values()))})
        self.files[new] = file

    def _add(self) -> None:
        name = self._name(self._chance.choice(["txt", "txt", "md", "html", "jsonl"]))
        ids = [f"{name}/{at}" for at in range(4)] if name.endswith(".jsonl") else [name]
        self.files[name] = Written({one: self._text() for one in ids})

    def _rewritten(self, file: Written) -> Written:
        """Other texts, or one other paragraph, under the same ids."""
        if self._chance.random() < 0.5:
            return Written({one: self._text() for one in file.articles})
        return Written({one: f"{text}\n\n{self._text(1)}" for one, text in file.articles.items()})

    def _name(self, kind: str) -> str:
        self._made += 1
        return f"{self._chance.choice(['', 'sub/'])}{self._made:05}.{kind}"

    def _text(self, paragraphs: int | None = None) -> str:
        """A title and paragraphs of which no sentence stands twice anywhere."""
        told = ["".join(self._sentence() for _ in range(8)) for _ in range(paragraphs or 0)]
        if paragraphs is not None:
            return "\n\n".join(told)
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

    def _bring(self, files: Mapping[str, Written], before: Mapping[str, Written]) -> None:
        """Writes what differs from `before`."""
        for name in before.keys() - files.keys():
            (self.root / name).unlink()
        for name, file in files.items():
            if before.get(name) != file:
                (self.root / name).write_bytes(file.bytes_as(name))
