"""The way between a phone and the server: one request at a time, with at most one fault laid over it."""

import base64
from collections import deque
from dataclasses import dataclass
from typing import Any

from fieldapp.soak.commune import AFTER, BEFORE, STUMBLES, Answer, Commune

REMEMBERED = 12
PAGE = b"<!doctype html><title>Wi-Fi</title><p>Xin ch\xc3\xa0o"
HTML = {"Content-Type": "text/html"}


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a phone."""

    path: str
    headers: dict[str, str]
    body: bytes


class Network:
    """fault: the name of what happens to the at-th request from now, None: nothing; struck: whether it has happened."""

    def __init__(self, commune: Commune) -> None:
        self.commune = commune
        self.late: list[Request] = []  # given up by their phones, and still on their way
        self.old: deque[Request] = deque(maxlen=REMEMBERED)  # arrived once
        self.requests = 0
        self.lay(None)

    def lay(self, fault: str | None, at: int = 1, limit_bytes: int = 0) -> None:
        """Lay a fault over the coming requests. limit_bytes: of too_large."""
        self.fault, self.at, self.limit_bytes, self.struck = fault, at, limit_bytes, False

    def fetch(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """What comes back to the phone; None: nothing."""
        request = Request(asked["url"], asked["headers"], base64.b64decode(asked["body"]))
        self.requests += 1
        self.at -= 1
        if self.fault == "too_large" and len(request.body) > self.limit_bytes:
            self.struck = True
            return _said(413, HTML, PAGE)
        if self.fault is None or self.fault == "too_large" or self.at != 0:
            return self._plain(self._arrives(request))
        self.struck = True
        return self._struck(self.fault, request)

    def arrives_late(self, chance: Any) -> bool:
        """An old request arrives: one that was given up, or one that arrived before, once more. False when there is none."""
        waiting = [*self.late, *self.old]
        if not waiting:
            return False
        request = waiting[chance.randrange(len(waiting))]
        if request in self.late:
            self.late.remove(request)
        self._arrives(request)
        return True

    def all_arrive(self) -> None:
        """What is still on its way arrives, the latest first."""
        while self.late:
            self._arrives(self.late.pop())

    def _struck(self, fault: str, request: Request) -> dict[str, Any] | None:
        if fault == "request_lost":
            return None
        if fault == "request_late":
            self.late.append(request)
            return None
        if fault == "portal":
            return _said(200, HTML, PAGE)
        if fault == "proxy_500":
            return _said(502, HTML, PAGE)
        if fault == "request_cut":
            return self._plain(self._arrives(Request(request.path, request.headers, request.body[: len(request.body) // 2])))
        if fault == "request_twice":
            self._arrives(request)
            return self._plain(self._arrives(request))
        self.commune.dies = {"server_500": STUMBLES, "crash_before_commit": BEFORE, "crash_after_commit": AFTER}.get(fault)
        answer = self._arrives(request)
        if answer is None or fault == "answer_lost":
            return None
        return _said(answer[0], answer[1], answer[2][: len(answer[2]) // 2]) if fault == "answer_cut" else self._plain(answer)

    def _arrives(self, request: Request) -> Answer | None:
        self.old.append(request)
        return self.commune.calls(request.path, request.headers, request.body)

    def _plain(self, answer: Answer | None) -> dict[str, Any] | None:
        return answer and _said(*answer)


def _said(status: int, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    # Node's Response is made of the bare bytes.
    kept = {name: value for name, value in headers.items() if name.lower() in ("content-type", "x-tung-nha")}
    return {"status": status, "headers": kept, "body": base64.b64encode(body).decode()}
