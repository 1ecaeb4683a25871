"""Every operation of the OpenAPI document answers as the document says, whatever it is sent."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from index.access.access_key import Right
from index.access.key_file import KeyFile
from tests.support.served_index import ServedIndex, served_index

# That what the schema allows is taken is not checked: some of it is refused by what no schema says,
# as a lone surrogate, a text without a word, or 5.0 for 5.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
# Each operation with what can be generated for it. A rebuild comes last: uploads would wait for it.
OPERATIONS = {
    "POST /api/ask": [GOOD, BAD],
    "POST /api/ask/stream": [GOOD, BAD],
    "POST /api/search": [GOOD, BAD],
    "GET /api/suggestions": [GOOD, BAD],
    "GET /api/articles": [GOOD, BAD],
    "GET /api/articles/{article_id}": [GOOD, BAD],
    "GET /api/articles/{article_id}.md": [GOOD, BAD],
    "GET /llms.txt": [GOOD],
    "POST /api/articles": [GOOD, BAD],
    "DELETE /api/articles/{article_id}": [GOOD],
    "POST /api/feedback": [GOOD, BAD],
    "GET /api/unanswered": [GOOD, BAD],
    "POST /api/unanswered/{question_id}/answer": [GOOD, BAD],
    "DELETE /api/unanswered/{question_id}": [GOOD, BAD],
    "GET /api/index": [GOOD],
    "GET /api/session": [GOOD],
    "POST /api/session": [GOOD, BAD],
    "DELETE /api/session": [GOOD],
    "GET /healthz": [GOOD],
    "GET /readyz": [GOOD],
    "GET /metrics": [GOOD],
    "POST /v1/chat/completions": [GOOD, BAD],
    "GET /v1/models": [GOOD],
    "GET /v1/models/{model}": [GOOD],
    "POST /api/index/rebuild": [GOOD],
}

generated = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve an index that may be changed with a key, for this walk alone."""
    settings = {"YIJU_KEEP_QUESTIONS": "true", "YIJU_WITHOUT_KEY": "none"}
    with served_index(tmp_path_factory.mktemp("walked"), **settings) as served:
        yield served


@pytest.fixture(scope="module")
def callers(walked: ServedIndex) -> list[dict[str, str]]:
    """Return the headers of callers that may do everything, read, and do nothing."""
    keys = KeyFile(walked.store)
    rights = (Right.WRITE, Right.READ)
    given = [{"Authorization": f"Bearer {keys.add(right.label, right)[1]}"} for right in rights]
    return [given[0], *given, {}]


@pytest.fixture(scope="module")
def known(walked: ServedIndex, callers: list[dict[str, str]]) -> dict[str, dict[str, Any]]:
    """Return what names something that is there, or is well formed: what is generated is not."""
    walked.client.headers.update(callers[0])
    asked = walked.client.post("/api/ask", json={"question": "木星上的气压计卖什么价钱?"}).json()
    verdict = {"answer_id": asked["id"], "helpful": False, "comment": "没有用"}
    assert walked.client.post("/api/feedback", json=verdict).status_code == 204
    (kept,) = walked.client.get("/api/unanswered").json()["questions"]
    choice = {"article_id": "zhongshan.txt", "start": 0, "end": 4}
    return {
        "/api/articles/{article_id}": {"path_parameters": {"article_id": "kunlun.txt"}},
        "/api/articles/{article_id}.md": {"path_parameters": {"article_id": "kunlun.txt"}},
        "POST /api/articles": {
            "media_type": "application/json",
            "body": {"id": "渡口", "text": "渡口每天六点开放。"},
        },
        "/api/feedback": {"body": verdict},
        "POST /api/session": {"body": {"key": KeyFile(walked.store).add("walker", Right.ASK)[1]}},
        "/api/unanswered/{question_id}/answer": {
            "path_parameters": {"question_id": kept["id"]},
            "body": choice,
        },
        "/v1/chat/completions": {"body": {"messages": [{"role": "user", "content": "中山站?"}]}},
        "/v1/models/{model}": {"path_parameters": {"model": "yiju"}},
        "/api/unanswered/{question_id}": {"path_parameters": {"question_id": kept["id"]}},
    }


@pytest.fixture(scope="module")
def schema(walked: ServedIndex) -> OpenApiSchema:
    """Load the document that the server describes itself with."""
    schema = schemathesis.openapi.from_dict(walked.client.get("/openapi.json").json())
    schema.config.update(base_url=str(walked.client.base_url))
    return schema


def operations(schema: OpenApiSchema) -> dict[str, APIOperation[Any, Any, Any, Any]]:
    """Return the operations of a document, by method and path."""
    results = schema.get_all_operations()
    return {result.ok().label: result.ok() for result in results if isinstance(result, Ok)}


def test_the_document_is_valid_to_two_validators(schema: OpenApiSchema) -> None:
    validate(schema.raw_schema)
    schema.validate()


def test_every_documented_operation_is_walked(schema: OpenApiSchema) -> None:
    assert operations(schema).keys() == OPERATIONS.keys()


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_answers_as_documented(
    schema: OpenApiSchema,
    known: dict[str, dict[str, Any]],
    callers: list[dict[str, str]],
    label: str,
) -> None:
    operation = operations(schema)[label]
    cases = [operation.as_strategy(generation_mode=mode) for mode in OPERATIONS[label]]
    if values := known.get(label) or known.get(operation.path):
        cases.append(operation.as_strategy(**values))
    statuses: Counter[int] = Counter()

    @generated
    @given(case=st.one_of(cases), headers=st.sampled_from(callers))
    def answers_as_documented(case: Case[Any], headers: dict[str, str]) -> None:
        response = case.call(headers=headers)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    answers_as_documented()
    assert min(statuses) < 300, f"nothing that was sent succeeded: {statuses}"
    if operation.definition.raw.get("x-right"):
        assert statuses[401] + statuses[429], f"nobody needed a key: {statuses}"
    if operation.definition.raw.get("x-right") == "write":
        assert statuses[403], f"a key that may read was enough: {statuses}"
