"""Refuse what makes no sense, in one sentence: settings, questions, filters, paths."""

import os
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError

from index.bounds import is_storable
from index.errors import UsageError
from index.listing.article_filter import Filter, is_date
from index.settings import Settings

AnyPath = str | os.PathLike[str]

_MOST_ARTICLES = 100  # ids in a filter, as there


def settings_of(store: AnyPath | None = None, **values: Any) -> Settings:  # noqa: ANN401
    """Return the settings of the environment; `store` and `values`, if given, replace theirs.

    Raises:
        UsageError: there is no setting of a name, or its value does not fit.
    """
    given = values if store is None else {**values, "store": checked_path(store)}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "_".join(map(str, first["loc"]))
        if name in given and name not in Settings.model_fields:
            raise UsageError(f"There is no setting {name}; docs/settings.md lists them.") from error
        said = name if name in given else f"YIJU_{name}".upper()
        raise UsageError(f"The setting {said} does not fit: {first['msg']}.") from error


def written_down(settings: Settings, names: Sequence[str]) -> dict[str, Any]:
    """Return settings by their names, to be kept in a file.

    Raises:
        UsageError: one of them is a secret; addresses of webhooks may have keys in them.
    """
    for name in names:
        is_secret = isinstance(getattr(settings, name), SecretStr)
        if is_secret or name in ("webhooks", "webhook_secret"):
            raise UsageError(
                f"{name} is a secret, which can't be written down; set YIJU_{name.upper()} "
                "instead of giving it."
            )
    return settings.model_dump(mode="json", include=set(names))


def settings_in(file: Path, store: AnyPath | None = None) -> Settings:
    """Return the settings of the environment, and of a file of `YIJU_NAME=value` lines.

    Raises:
        UsageError: the file can't be read, or a setting does not fit.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"The file of settings {file} can't be read: {why}.") from error
    for name in dotenv_values(stream=StringIO(text)):
        if name.lower().removeprefix("yiju_") not in Settings.model_fields:
            raise UsageError(
                f"There is no setting {name}, which {file} has; docs/settings.md lists them."
            )
    return settings_of(store, _env_file=file)


def checked_path(path: AnyPath) -> Path:
    """Return a path that can be stored and displayed.

    Raises:
        UsageError: it can't, or is empty, as from an unset variable.
    """
    text = os.fspath(path)
    if not text:
        raise UsageError("The path is empty.")
    if not text.isprintable():
        raise UsageError(f"The path {text!r} holds characters that can't be shown.")
    return Path(text)


def checked_paths(paths: AnyPath | Iterable[AnyPath]) -> tuple[Path, ...]:
    """Return one path or several, absolute.

    Raises:
        UsageError: one of them can't be stored or displayed, or is empty.
    """
    named = [paths] if isinstance(paths, str | os.PathLike) else paths
    return tuple(checked_path(path).absolute() for path in named)


def checked_question(question: str) -> str:
    """Return a question stripped, within the API's limits.

    Raises:
        UsageError: it is empty, too long or no Unicode text.
    """
    from qa.retrieval import LONGEST_QUESTION  # with all that asks, which settings do not need

    if not isinstance(question, str) or not question.strip() or len(question) > LONGEST_QUESTION:
        raise UsageError(f"A question has 1 to {LONGEST_QUESTION:,} characters.")
    if not is_storable(question):
        raise UsageError("The question is no Unicode text; check the encoding that it came in.")
    return question.strip()


def checked_count(k: int, most: int) -> int:
    """Return how many passages are wanted.

    Raises:
        UsageError: it is not from 1 to `most`.
    """
    if not isinstance(k, int) or not 1 <= k <= most:
        raise UsageError(f"k is {k!r}; it must be from 1 to {most}.")
    return k


def checked_filter(articles: Filter | None) -> Filter | None:
    """Return a filter that articles can pass.

    Raises:
        UsageError: it is no `Filter`, a date is none, or there is one id or too many.
    """
    if articles is None:
        return None
    if not isinstance(articles, Filter):
        raise UsageError(f"{articles!r} is no filter; write Filter(source=…, articles=(…,)).")
    for date in (articles.published_from, articles.published_to):
        if date is not None and not (isinstance(date, str) and is_date(date)):
            raise UsageError(f"“{date}” is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    if isinstance(articles.articles, str):  # each of its characters would be an id
        raise UsageError("The articles of a filter are several ids; write one as (ID,).")
    if len(articles.articles) > _MOST_ARTICLES:
        raise UsageError(f"A filter has at most {_MOST_ARTICLES} articles.")
    return articles
