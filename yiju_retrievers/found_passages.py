"""What a document tells of the passage that it is."""

from qa.answer import FoundPassage, SearchResult
from qa.page_link import page_link


def metadata_of(
    passage: FoundPassage, result: SearchResult, address: str
) -> dict[str, str | int | float]:
    """Return what is known of a passage; its link opens the page of the server at `address`.

    What an article lacks is left out, as stores of other libraries refuse None.

    >>> hit = FoundPassage("a/b.txt", "桥", 3, 9, "全长55公里。", 0.9, 1, 1)
    >>> metadata_of(hit, SearchResult([hit], "000007"), "http://127.0.0.1:8000/")["link"]
    'http://127.0.0.1:8000/#/article/a%2Fb.txt?start=3&end=9&v=000007'
    """
    place = passage.start, passage.end
    known = {
        "source": passage.source,
        "published": passage.published,
        "url": passage.url,
        "heading": passage.heading,
    }
    return {
        "article_id": passage.article_id,
        "title": passage.title,
        "start": passage.start,
        "end": passage.end,
        "link": page_link(address, passage.article_id, place, version=result.index_version),
        "score": passage.score,
        "index_version": result.index_version,
        **{name: value for name, value in known.items() if value is not None},
    }


def id_of(passage: FoundPassage) -> str:
    """Return an id that a passage keeps as long as its article does.

    >>> id_of(FoundPassage("a/b.txt", "桥", 3, 9, "全长55公里。", 0.9, 1, 1))
    'a/b.txt:3-9'
    """
    return f"{passage.article_id}:{passage.start}-{passage.end}"
