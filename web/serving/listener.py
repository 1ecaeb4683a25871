"""The loop of a server process: accepts connections, moves bytes, and keeps the bounds."""

import socket
from collections import deque
from collections.abc import Callable, Iterable
from errno import EMFILE, ENFILE
from time import monotonic
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from web.observing.observer import Observer
from web.serving.channel import Channel
from web.serving.lanes import Lane
from web.serving.pace import Bounds
from web.serving.request_parser import RequestParser
from web.serving.traffic import Traffic

_ROUND = 0.25  # seconds between two looks at all connections
_ACCEPTED_AT_ONCE = 4  # the others are left to other processes
_SENT_AHEAD = 128 * 1024  # bytes
_UNBOUNDED = 2**62  # the bounds are kept here and in the lanes


class Listener(TcpWSGIServer):  # type: ignore[misc]
    """Serves an application on a socket that listens; `turn` is to be called again and again."""

    channel_class = Channel

    def __init__(  # noqa: PLR0913, PLR0917 - the last one has a default that fits
        self,
        app: Any,  # noqa: ANN401 - a WSGI application
        sock: socket.socket,
        traffic: Traffic,
        bounds: Bounds,
        admits: Callable[[RequestParser], bool],
        observe: Observer = lambda _: None,
    ) -> None:
        """Take the socket; connections are accepted from the first turn on.

        `admits` tells of a request, by its head, whether its sender may send a large body;
        `observe` is told of each exchange that has ended.
        """
        self.bounds, self.admits, self.observe = bounds, admits, observe
        self.is_stopping = False
        self._traffic = traffic
        self.reach, self.prefix = traffic.reach, traffic.reach.prefix
        self._refused: deque[Channel] = deque()
        self._held = 0
        self._is_full = self._is_called = False
        self._next_round = 0.0
        super().__init__(
            app,
            map={},
            _sock=sock,
            dispatcher=traffic,
            adj=_adjustments(sock, bounds),
            sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
            bind_socket=False,
        )

    def turn(self, timeout: float) -> None:
        """Wait for the network once, and do what there is to do."""
        wasyncore.poll2(timeout, self._map)
        if self._is_called:
            self._is_called = False
            self._accept_some()
        while self._refused:
            self._refuse(self._refused.popleft())
        now = monotonic()
        if now >= self._next_round:
            self._next_round = now + _ROUND
            self._make_round(now)

    def stop(self) -> None:
        """Accept nothing more; connections end with the answers that are under way."""
        self.is_stopping = True
        self.accepting = False
        self.del_channel()
        self.socket.close()

    def cut_off(self) -> None:
        """End the streams that are still under way, so that their readers know it."""
        for channel in list(self.active_channels.values()):
            channel.cut_off()

    @property
    def is_done(self) -> bool:
        """Whether all has ended after `stop`."""
        return not self.active_channels and self._traffic.is_idle

    # What waitress calls

    def readable(self) -> bool:
        """Return whether to accept."""
        return self.accepting and not self._is_full

    def handle_accept(self) -> None:
        """Note that somebody connects; those who are connected are heard first."""
        self._is_called = True

    def add_task(self, channel: Channel) -> None:
        """Put the connection's first request into its lane, or refuse it."""
        request = channel.requests[0]
        request.whole_since = monotonic()
        if request.error is None:
            lane = self.lane(request)
            if lane.offer(channel):
                return
            request.error = lane.rule.refusal
        self._answer_here(channel)

    # What the channels call

    def lane(self, request: RequestParser) -> Lane:
        """Return the lane of a request."""
        return self._traffic.lane(request.command, request.path)

    def withdraw(self, channel: Channel) -> None:
        """Begin nothing for a client that has left."""
        self._traffic.withdraw(channel)

    def add_held(self, count: int) -> None:
        """Count bytes of a body."""
        self._held += count

    @property
    def is_crowded(self) -> bool:
        """Whether the bodies that are being received take all that they may."""
        return self._held > self.bounds.bodies

    # Connections

    def _accept_some(self) -> None:
        """Accept connections; if there are too many, one in the place of the idlest."""
        for number in range(_ACCEPTED_AT_ONCE):
            is_full = len(self.active_channels) >= self.bounds.connections
            if is_full and (number or not self._make_room()):
                return
            try:
                accepted = self.accept()
            except OSError as error:
                # Any other is about a connection that has ended already.
                if error.errno in {EMFILE, ENFILE}:
                    self._make_room()
                return
            if accepted is None:
                return
            connection, address = accepted
            self.set_socket_options(connection)
            self.channel_class(self, connection, address, self.adj, map=self._map)

    def _make_room(self) -> bool:
        """Close the connection that is least worth; return False if all are being answered."""
        waiting: Iterable[Channel] = (
            channel for channel in self.active_channels.values() if channel.is_waiting
        )
        least = min(waiting, key=lambda channel: channel.worth, default=None)
        self._is_full = least is None
        if least is not None:
            least.drop()
        return least is not None

    # Rounds

    def _make_round(self, now: float) -> None:
        """Look at all connections and lanes."""
        self._is_full = False
        for channel in list(self.active_channels.values()):
            if self.is_stopping and channel.is_waiting:
                channel.drop()
            elif channel.is_overdue(now):
                self._end(channel)
            else:
                channel.keep_alive(now)
        self._held = sum(channel.held for channel in self.active_channels.values())
        self._bound_answers()
        for channel, refusal in self._traffic.take_overdue(now):
            channel.requests[0].error = refusal
            self._answer_here(channel)

    def _end(self, channel: Channel) -> None:
        """End a connection on which the client is too slow, and tell it if it has begun to ask."""
        if channel.give_up():
            self._answer_here(channel)
        else:
            channel.drop()

    def _bound_answers(self) -> None:
        """Drop the answers that have waited longest for their readers, if all take too much."""
        unread = [channel for channel in self.active_channels.values() if channel.total_outbufs_len]
        size = sum(channel.total_outbufs_len for channel in unread)
        unread.sort(key=lambda channel: channel.unread_since, reverse=True)
        while size > self.bounds.answers and len(unread) > 1:
            channel = unread.pop()
            size -= channel.total_outbufs_len
            channel.drop()

    def _refuse(self, channel: Channel) -> None:
        """Write a refusal, unless so much is unread that writing would wait, here for itself."""
        if channel.total_outbufs_len > self.bounds.answers // 2:
            channel.drop()
        else:
            channel.service()

    def _answer_here(self, channel: Channel) -> None:
        """Answer a refused request in the loop: it is short, and the threads have other work."""
        self._refused.append(channel)
        self.pull_trigger()


def _adjustments(sock: socket.socket, bounds: Bounds) -> Adjustments:
    adjustments = Adjustments(
        sockets=[sock],
        ident=None,
        backlog=2048,
        max_request_header_size=bounds.head,
        max_request_body_size=_UNBOUNDED,
        # Nothing goes to the disk: it may be full.
        inbuf_overflow=_UNBOUNDED,
        outbuf_overflow=_UNBOUNDED,
        outbuf_high_watermark=bounds.answers,
        channel_request_lookahead=1,  # so that it is seen when a client leaves
        log_socket_errors=False,
        # `web.reach` does it, and says so.
        clear_untrusted_proxy_headers=False,
        server_name="yiju",
    )
    # The system would take megabytes for a client that reads nothing; they would count as read.
    options = [*adjustments.socket_options, (socket.SOL_SOCKET, socket.SO_SNDBUF, _SENT_AHEAD)]
    adjustments.socket_options = options
    return adjustments
