"""The output of commands keeps its shape for programs that read it."""

from cli.output import report_json
from index.article import Failure
from index.build.near_duplicates import NearDuplicate
from index.build.report import Report


def test_a_report_as_json_names_near_duplicates_and_failures_by_their_public_keys() -> None:
    report = Report(
        added=1,
        changed=0,
        removed=0,
        unchanged=1,
        failed=[Failure("b.pdf", "it is empty")],
        passages=2,
        index_version="000001",
        seconds=1.0,
        embedded=2,
        repeats=[NearDuplicate("b.txt", "a.txt", 0.9)],
    )
    values = report_json(report)
    assert values["repeats"] == [{"article": "b.txt", "like": "a.txt", "share": 0.9}]
    assert values["failed"] == [{"path": "b.pdf", "reason": "it is empty"}]
