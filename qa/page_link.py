"""Links into the page, for whatever shows a passage elsewhere."""

from urllib.parse import quote, urlencode


def page_link(
    root: str, article_id: str, place: tuple[int, int], *, digest: str = "", version: str = ""
) -> str:
    """Return the address at which the page opens an article at the range `place`.

    `root` is the address of the page. The range holds as long as the text has the `digest`, or as
    it was in the index `version`. See `articleLink` of the page's `routes.js`.

    >>> page_link("http://localhost:8000/", "a/b", (3, 9), version="000007")
    'http://localhost:8000/#/article/a%2Fb?start=3&end=9&v=000007'
    """
    start, end = place
    values = {"start": start, "end": end, "d": digest, "v": version}
    words = urlencode({name: value for name, value in values.items() if value != ""})
    return f"{root.rstrip('/')}/#/article/{quote(article_id, safe='')}?{words}"
