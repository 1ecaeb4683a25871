"""Escape text so that Markdown shows it as it is, and YAML reads it as it is."""

import re

_SPECIAL = re.compile(r"[\\`*\[\]<~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?[A-Za-z0-9]+;)")
_OPENING = re.compile(r"#(?=#{0,5}(?:\s|$))|>|[-+](?=\s|$)|-(?=[ \t]*-)")
_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_CLOSING_HASHES = re.compile(r"#(?=#*$)")
_QUOTED = re.compile(r'["\\]')


def escaped_line(line: str) -> str:
    r"""Return a line as Markdown that shows it as it is, in a paragraph of its own.

    >>> print(escaped_line("1. *a_b* <b> [c](d) &amp; e_"))
    1\. \*a_b\* \<b> \[c\](d) \&amp; e\_
    """
    text = _SPECIAL.sub(r"\\\g<0>", line.strip())
    if opening := _OPENING.match(text):
        return f"\\{opening[0]}{text[opening.end() :]}"
    return _NUMBER.sub(r"\1\\\2", text) if _NUMBER.match(text) else text


def escaped_inline(text: str) -> str:
    r"""Return a text as Markdown for a heading, a link or a cell, on one line.

    >>> print(escaped_inline("D |\nC#"))
    D \| C\#
    """
    return _CLOSING_HASHES.sub(r"\\#", _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())))


def yaml_string(text: str) -> str:
    r"""Return a text as a quoted string of YAML, on one line.

    >>> print(yaml_string('大"桥\n'))
    "大\"桥\x0a"
    """
    quoted = _QUOTED.sub(r"\\\g<0>", text)
    return f'"{"".join(char if char.isprintable() else _code(char) for char in quoted)}"'


def _code(char: str) -> str:
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
