"""Serve one client on standard input and output, which belong to the protocol alone."""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import TypeVar

import anyio
from anyio import CapacityLimiter, to_thread
from mcp.server.stdio import stdio_server

from web.mcp.protocol_server import protocol_server
from web.services import Services

Result = TypeVar("Result")


def serve_stdio(make_services: Callable[[], Services]) -> None:
    """Load the parts and serve until the client closes our input."""
    with redirect_stdout(sys.stderr):
        services = make_services()
    try:
        anyio.run(_serve, services)
    finally:
        services.memory.flush()  # of a process that a signal ends, nothing is done at its exit


async def _serve(services: Services) -> None:
    beside = CapacityLimiter(1)

    async def run(work: Callable[[], Result]) -> Result:
        # In a thread, so that the client can ping and cancel meanwhile.
        return await to_thread.run_sync(work, limiter=beside)

    server = protocol_server(services, run)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
