"""Tell whether a font gives its characters codes, and clean what it gives, for the worker."""

# Marks of lists and boxes in Word's symbol fonts, which have no codes of their own.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf06c\uf06e\uf075\uf076", "•"),
        **{"\uf0fc": "✓", "\uf0fe": "☑", "\uf0a8": "☐", "\uf06f": "☐"},
    }
)
# Share of characters without a code from which on a page has to be recognised.
_UNMAPPED = 0.2


def clean(text: str) -> str:
    r"""Join pairs of surrogates, drop control characters, and give a symbol font's marks codes.

    >>> clean("\ud840\udc00\x07"), clean("\uf0a8是")
    ('𠀀', '☐是')
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(char for char in whole if char >= " " and char not in "\x7f\ufffe\uffff")
    marked = "\uf000" <= kept.lstrip()[:1] <= "\uf0ff"
    return kept.translate(_MARKS) if marked else kept


def is_unreadable(text: str) -> bool:
    """Return whether a page's text is empty, or of characters that a font gives no code.

    >>> is_unreadable(" "), is_unreadable("\ue012\ue034年"), is_unreadable("2016年")
    (True, True, False)
    """
    visible = "".join(text.split())
    unmapped = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in visible)
    return unmapped >= _UNMAPPED * len(visible)
