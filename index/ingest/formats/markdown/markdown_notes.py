"""Put notes, `[^1]: …`, below the block that calls them, as in a Word document.

What nothing calls stays where it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

NOTE_MARK = re.compile(r"(?<!\])\[\^([^\]\s\[]{1,40})\](?!:)")
"""The mark that calls a note."""

_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:")
# Where the block ends that a note stands below, by what opens around the words that call it.
_ENDS = {
    "heading_open": "heading_close",
    "th_open": "table_close",
    "td_open": "table_close",
    "dt_open": "dl_close",
}

Parse = Callable[[str], Sequence[Token]]


def with_notes_below(tokens: Sequence[Token], parse: Parse) -> list[Token]:
    """Return the tokens of a document, notes moved below the blocks that first call them."""
    texts = {label: text for token in tokens for label, text in _notes_in(token) if label}
    calls = [label for token in tokens if not any(_notes_in(token)) for label in _calls(token)]
    moving = _Moving(texts, parse, _reached(calls, texts))
    return moving.tokens(tokens) if moving.left else list(tokens)


@dataclass
class _Moving:
    """The texts of notes by their labels, and which of them are `left` to be put somewhere."""

    texts: Mapping[str, str]
    parse: Parse
    left: set[str]

    def tokens(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens with the notes that are called put below what calls them."""
        called = frozenset(self.left)
        moved: list[Token] = []
        waiting: list[tuple[str, Token]] = []  # what ends the block around, and who calls
        for before, token in zip([None, *tokens], tokens, strict=False):
            notes = list(_notes_in(token))
            if notes:
                stays = "\n".join(text for label, text in notes if label not in called)
                moved += list(self.parse(stays))[1:-1]
            else:
                moved.append(token)
                if before and next(_calls(token), None):
                    waiting.append((_ENDS.get(before.type, "paragraph_close"), token))
            while waiting and waiting[-1][0] == token.type:
                moved += self._below(waiting.pop()[1])
        return moved

    def _below(self, caller: Token) -> Iterator[Token]:
        for label in _calls(caller):
            if label in self.left:
                self.left.remove(label)
                note = self.parse(self.texts[label])
                yield from note
                for token in note:
                    yield from self._below(token)


def _reached(calls: Sequence[str], texts: Mapping[str, str]) -> set[str]:
    """Return the labels of notes that are called, or that such a note calls."""
    reached: set[str] = set()
    waiting = list(calls)
    while waiting:
        label = waiting.pop()
        if label in texts and label not in reached:
            reached.add(label)
            waiting += NOTE_MARK.findall(texts[label])
    return reached


def _calls(token: Token) -> Iterator[str]:
    """Yield the labels of the notes that a block's words call."""
    for child in token.children or ():
        if child.type == "text":
            yield from NOTE_MARK.findall(child.content)


def _notes_in(token: Token) -> Iterator[tuple[str, str]]:
    """Yield label and text of each note that a block begins with; a line without goes on."""
    if token.type != "inline" or not _NOTE.match(token.content):
        return
    label, lines = "", list[str]()
    for line in token.content.split("\n"):
        match = _NOTE.match(line)
        if match and lines:
            yield label, "\n".join(lines)
            lines = []
        label = match[1] if match else label
        lines.append(line)
    yield label, "\n".join(lines)
