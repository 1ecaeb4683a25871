"""What the OpenAPI document says of keys: which calls need one, and how they are refused."""

import re
from typing import Any

from flask import Flask

from index.access.access_key import Right
from web.access.endpoint_rights import right_needed
from web.access.gate import COOKIE
from web.openai.openai_errors import error_responses, speaks_openai
from web.problems import problem_responses

SECURITY_SCHEMES: dict[str, Any] = {
    "key": {"type": "http", "scheme": "bearer", "description": "a key of `yiju keys add`"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "that of a page which signed in at `/api/session`",
    },
}
_SCHEMES: list[dict[str, list[str]]] = [{name: []} for name in SECURITY_SCHEMES]
_PARAMETER = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def describe_access(app: Flask, document: dict[str, Any], without_key: Right) -> dict[str, Any]:
    """Return a document with the security of each operation; some may be done without a key."""
    endpoints = {
        (_PARAMETER.sub(r"{\1}", rule.rule), method): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    paths = {
        path: {
            name: _described(
                value, path, right_needed(endpoints[path, name.upper()], name), without_key
            )
            if name in _METHODS
            else value
            for name, value in item.items()
        }
        for path, item in document["paths"].items()
    }
    return {**document, "paths": paths}


def _described(
    operation: dict[str, Any], path: str, needed: Right, without_key: Right
) -> dict[str, Any]:
    if needed is Right.NONE:
        return operation
    refused = error_responses if speaks_openai(path) else problem_responses
    added = {str(status): refusal for status, refusal in refused(401, 403, 429).items()}
    security = [{}, *_SCHEMES] if without_key >= needed else _SCHEMES
    return {
        **operation,
        "responses": {**operation["responses"], **added},
        "security": security,
        "x-right": needed.label,
    }
