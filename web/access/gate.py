"""The gate that every request passes: who sends it, and whether that is allowed now."""

import logging
from collections.abc import Mapping
from secrets import token_urlsafe

from flask import Request, Response, abort

from index.access.access_key import AccessKey, Right, digest_of
from index.access.access_state import AccessState
from index.access.key_file import KeyFile
from index.errors import StoreError
from index.settings import Settings
from web.access.caller import Caller, address_of, note_caller
from web.access.endpoint_rights import large_body_right, right_needed
from web.access.rate_limits import RateLimits, RateRules
from web.access.without_key import WithoutKey
from web.problems import problem

GATE = "yiju_gate"
"""The name of the gate among the extensions of an application."""
COOKIE = "yiju_session"
LASTS = 30 * 24 * 3600
"""Seconds that a session lasts."""
KEY_NEEDED, RIGHT_NEEDED = "urn:yiju:key-needed", "urn:yiju:right-needed"
"""The types of the problems that a page can solve by asking for a key, or for another one."""
_REALM = 'Bearer realm="Yiju"'
_NO_KEY = "This needs a key. Sign in on the page; programs send Authorization: Bearer."
_WRONG_KEY = "This key is not valid here: it is unknown, revoked or expired. Ask for another one."
_LACKING = {
    Right.READ: "This takes a key with the right to read.",
    Right.ASK: "This takes a key with the right to ask.",
    Right.WRITE: "This takes a key with the right to write.",
}
_log = logging.getLogger(__name__)


class Gate:
    """Lets requests in. Threads may share it."""

    def __init__(
        self, keys: KeyFile, state: AccessState, limits: RateLimits, without_key: WithoutKey
    ) -> None:
        self._keys = keys
        self._state = state
        self._limits = limits
        self._without_key = without_key
        self._is_failing = False

    @classmethod
    def of(cls, settings: Settings, host: str) -> "Gate":
        """Make the gate of a server that listens on a host; forked processes need one each."""
        state = AccessState(settings.store)
        limits = RateLimits(RateRules.of(settings, host), state)
        return cls(KeyFile(settings.store), state, limits, WithoutKey.of(settings, host))

    @property
    def without_key(self) -> Right:
        """What may be done without a key by whoever comes directly."""
        return self._without_key.right

    def check(self, request: Request) -> None:
        """Abort with 401, 403 or 429 if a request may not be served."""
        needed = right_needed(request.endpoint, request.method)
        if needed is Right.NONE:
            return
        caller = self.caller(request)
        note_caller(caller)
        if caller.right < needed:
            abort(self._refusal(request, caller, needed))
        size = request.content_length or 0
        endpoint = request.endpoint or ""
        if refusal := self._limits.refusal(caller.counted_as, endpoint, size):
            abort(refusal)

    def caller(self, request: Request) -> Caller:
        """Return who sends a request.

        Raises:
            StoreError: the keys or the sessions can't be read.
        """
        key, least = self._key(request), self._without_key.right_in(request.environ)
        if key is None:
            return Caller(f"address {address_of(request.remote_addr)}", least)
        self._note_use(key)
        return Caller(f"key {key.id}", max(key.right, least), key)

    def may_send(self, method: str, path: str, headers: Mapping[str, str]) -> bool:
        """Return whether a large body may be sent, by its head, of which names are in capitals.

        What can't be told now is left to `check`.
        """
        head = {f"HTTP_{name}": value for name, value in headers.items()}
        needed = large_body_right(method, path)
        if self._without_key.right_in(head) >= needed:
            return True
        try:
            key = self._key(Request({"REQUEST_METHOD": method, **head}))
        except StoreError:
            return True
        return key is not None and key.right >= needed

    def sign_in(self, request: Request, secret: str) -> tuple[Caller, str]:
        """Begin a session of a key; return whose it is, and the token that the browser keeps.

        Abort with 401 for a wrong key, with 429 after many of them.
        """
        key = self._keys.find(secret.strip())
        if key is None:
            abort(self._wrong_key(request))
        token = token_urlsafe(32)
        self._state.begin_session(digest_of(token), key.id, LASTS)
        least = self._without_key.right_in(request.environ)
        return Caller(f"key {key.id}", max(key.right, least), key), token

    def sign_out(self, request: Request) -> None:
        """End the session that a request is sent in, if it is."""
        if token := request.cookies.get(COOKIE):
            self._state.end_session(digest_of(token))

    def _key(self, request: Request) -> AccessKey | None:
        if (secret := _bearer(request)) is not None:
            return self._keys.find(secret)
        token = request.cookies.get(COOKIE)
        key_id = self._state.session_key(digest_of(token)) if token else None
        return self._keys.named(key_id) if key_id else None

    def _refusal(self, request: Request, caller: Caller, needed: Right) -> Response:
        if caller.key is not None:
            response = problem(403, _LACKING[needed], RIGHT_NEEDED)
            scope = f'error="insufficient_scope", scope="{needed.label}"'
            response.headers["WWW-Authenticate"] = f"{_REALM}, {scope}"
            return response
        if _bearer(request) is not None:
            return self._wrong_key(request)
        response = problem(401, _NO_KEY, KEY_NEEDED)
        response.headers["WWW-Authenticate"] = _REALM
        return response

    def _wrong_key(self, request: Request) -> Response:
        """Refuse a wrong key. A right one is taken, however many wrong ones its neighbours send."""
        if refusal := self._limits.wrong_key(address_of(request.remote_addr)):
            return refusal
        response = problem(401, _WRONG_KEY, KEY_NEEDED)
        response.headers["WWW-Authenticate"] = f'{_REALM}, error="invalid_token"'
        return response

    def _note_use(self, key: AccessKey) -> None:
        try:
            self._state.note_use(key.id)
        except StoreError as error:
            if not self._is_failing:
                _log.error("The last uses of keys can't be noted: %s", error)
            self._is_failing = True
        else:
            self._is_failing = False


def _bearer(request: Request) -> str | None:
    given = request.authorization
    return given.token if given is not None and given.type == "bearer" else None
