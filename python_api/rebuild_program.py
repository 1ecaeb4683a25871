"""Program that rebuilds in a process of its own, started by `rebuild_apart`."""

from index.build.report import Report
from index.processes.worker_loop import Work, serve_started
from python_api.rebuilding import RebuildRequest, rebuild


def work_of(request: RebuildRequest) -> Work[None, Report]:
    """Return the work of the process that is started with a request."""
    return lambda _item, _tell: rebuild(request)


if __name__ == "__main__":
    serve_started(work_of)
