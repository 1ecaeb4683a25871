"""Program that rebuilds in a process of its own, started by `rebuild_apart`."""

from index.processes.worker_process import serve_started
from python_api.rebuilding import rebuild

if __name__ == "__main__":
    serve_started(rebuild)
