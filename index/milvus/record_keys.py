"""The keys under which an index version's texts are stored, as told for each."""

from hashlib import blake2b

MANIFEST = "manifest"
"""JSON of `PublishedManifest`. It is written last: an index version without it is half written."""

ROWS = "rows"
"""JSON of all articles in the order of their ids: id, content, title, source, date."""

OWNERS = "owners"
"""JSON of the numbers of all passages, ascending, and of the content that each is of."""

SYNONYMS = "synonyms"
"""JSON of the pairs of names that the articles define."""

USER_WORDS = "words"
"""JSON of the user's own words."""

VOCABULARY = "vocabulary"
"""JSON of the encoder's tokens that occur, ascending."""

FAMILIAR = "familiar"
"""Lines of terms that questions are most often looked up by, each with its entry."""

SUGGESTIONS = "suggestions"
"""JSON of the suggestions of the newest articles that have some."""


def of_term(term: str) -> str:
    """Return the key of a term's entry."""
    return _key("w", term)


def of_character(character: str) -> str:
    """Return the key of the bigrams that have a Han character."""
    return _key("c", character)


def of_article(article_id: str) -> str:
    """Return the key of an article's JSON, with its text."""
    return _key("a", article_id)


def of_listing(article_id: str) -> str:
    """Return the key of an article's JSON without its text."""
    return _key("l", article_id)


def of_title(title: str) -> str:
    """Return the key that is there if an article bears a title."""
    return _key("t", title)


def of_suggestions(article_id: str) -> str:
    """Return the key of an article's suggestions."""
    return _key("s", article_id)


def of_passage(number: int) -> str:
    """Return the key of a passage's record that is too long for its row."""
    return f"p:{number}"


def _key(kind: str, name: str) -> str:
    """Return the key of a name: a digest, as pymilvus puts keys into its queries unescaped."""
    data = name.encode("utf-8", "surrogatepass")
    return f"{kind}:{blake2b(data, digest_size=16).hexdigest()}"
