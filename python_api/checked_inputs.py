"""Refuse what makes no sense, in one sentence: settings, questions, filters, paths."""

import os
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import ValidationError

from index.bounds import is_storable
from index.errors import UsageError
from index.listing.article_filter import Filter, is_date
from index.settings import Settings
from qa.retrieval import LONGEST_QUESTION

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
            raise UsageError(f"There is no setting {name}; README.md lists them.") from error
        said = name if name in given else f"YIJU_{name}".upper()
        raise UsageError(f"The setting {said} does not fit: {first['msg']}.") from error


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
            raise UsageError(f"There is no setting {name}, which {file} has; README.md lists them.")
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


def checked_question(question: str) -> str:
    """Return a question stripped, within the API's limits.

    Raises:
        UsageError: it is empty, too long or no Unicode text.
    """
    if not question.strip() or len(question) > LONGEST_QUESTION:
        raise UsageError(f"A question has 1 to {LONGEST_QUESTION:,} characters.")
    if not is_storable(question):
        raise UsageError("The question is no Unicode text; check the encoding that it came in.")
    return question.strip()


def checked_count(k: int, most: int) -> int:
    """Return how many passages are wanted.

    Raises:
        UsageError: it is not from 1 to `most`.
    """
    if not 1 <= k <= most:
        raise UsageError(f"k is {k}; it must be from 1 to {most}.")
    return k


def checked_filter(articles: Filter | None) -> Filter | None:
    """Return a filter that articles can pass.

    Raises:
        UsageError: a date is none, or there are too many ids.
    """
    if articles is None:
        return None
    for date in (articles.published_from, articles.published_to):
        if date is not None and not is_date(date):
            raise UsageError(f"“{date}” is no date; write YYYY, YYYY-MM or YYYY-MM-DD.")
    if len(articles.articles) > _MOST_ARTICLES:
        raise UsageError(f"A filter has at most {_MOST_ARTICLES} articles.")
    return articles
