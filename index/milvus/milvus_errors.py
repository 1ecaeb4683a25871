"""What pymilvus and gRPC raise, told in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import AwayError, StoreError

_NO_COLLECTION = 100
_NOT_LOADED = 101
_NOT_CONNECTED = 2


class MissingCollectionError(StoreError):
    """A collection, or an alias, is not there."""


class NotLoadedError(StoreError):
    """A collection is there, but not ready for searches."""


@contextmanager
def plain_errors(method: str) -> Iterator[None]:
    """Raise a StoreError for what a call of a method raises in a block."""
    from grpc import RpcError
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (MilvusException, RpcError, ValueError) as error:
        raise _store_error(error, method) from error


def away() -> AwayError:
    """Return what to say of a server that can't be reached."""
    return AwayError("Milvus can't be reached. Start it, or set YIJU_MILVUS_URI.")


def _store_error(error: Exception, method: str) -> StoreError:
    state = _state_of(error)
    if state in {"UNAUTHENTICATED", "PERMISSION_DENIED"}:
        return StoreError("Milvus refuses the token. Set YIJU_MILVUS_TOKEN.")
    if state == "DEADLINE_EXCEEDED":
        return AwayError("Milvus takes too long to answer. See what it is at.")
    if state is not None:
        return away()
    why = str(getattr(error, "message", error)).strip().rstrip(".")
    code = getattr(error, "code", None)
    if code == _NO_COLLECTION:
        return MissingCollectionError(f"Milvus lacks a collection: {why}.")
    kind = NotLoadedError if code == _NOT_LOADED or "call load()" in why else StoreError
    return kind(f"Milvus refuses “{method}”: {why}.")


def _state_of(error: BaseException) -> str | None:
    """Return the name of gRPC's status for an error or what caused it; None without one."""
    from grpc import RpcError, StatusCode

    is_lost = False
    for cause in _causes(error):
        code = cause.code() if isinstance(cause, RpcError) else getattr(cause, "code", None)
        if isinstance(code, StatusCode):
            return str(code.name)
        is_lost |= code == _NOT_CONNECTED
    return "UNAVAILABLE" if is_lost else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what caused it; pymilvus raises errors that cause themselves."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        yield cause
        seen.append(cause)
        cause = cause.__cause__ or cause.__context__
