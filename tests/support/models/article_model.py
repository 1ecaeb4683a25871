"""A model that writes sentences of what it is given to read, each with its number."""

import re
from collections.abc import Mapping

from tests.support.models.model_site import Exchange, Sent, writes

_LINE = re.compile(r"\[(\d+)\] (.*)")
_PLACE = re.compile(r"\{(.+?)\}")


def writes_of(texts: Mapping[str, str]) -> Sent:
    """Write the text for the question that has a word; `{words}` are the number of their quote."""

    def send(exchange: Exchange) -> None:
        *lines, question = exchange.site.material.splitlines()
        numbers = {quote: number for number, quote in _LINE.findall("\n".join(lines))}
        text = next((text for word, text in texts.items() if word in question), "NONE")

        def mark(match: re.Match[str]) -> str:
            of = [number for quote, number in numbers.items() if match[1] in quote]
            return f"[{of[0] if of else 999}]"

        writes(_PLACE.sub(mark, text))(exchange)

    return send
