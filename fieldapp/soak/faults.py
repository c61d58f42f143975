"""Everything that is done to phones, network and server on purpose: one table. A step of the soak carries at most one of them."""

from dataclasses import dataclass

# Where it strikes: on the way to the server, in the server, on the way back, in the phone's store, in its browser.
WAY_UP, SERVER, WAY_DOWN, STORE, BROWSER = "way_up", "server", "way_down", "store", "browser"


@dataclass(frozen=True, slots=True)
class Fault:
    """name: as the report counts it; says: what happens."""

    name: str
    where: str
    says: str


FAULTS = (
    Fault("request_lost", WAY_UP, "the request never arrives"),
    Fault("request_late", WAY_UP, "the request is given up by the phone and arrives after newer ones"),
    Fault("request_cut", WAY_UP, "only the first half of the request's body arrives"),
    Fault("request_twice", WAY_UP, "the request arrives twice, one right after the other"),
    Fault("too_large", WAY_UP, "somebody on the way takes no bodies over a small limit: 413"),
    Fault("portal", WAY_UP, "a captive portal answers 200 with a page of its own"),
    Fault("proxy_500", WAY_UP, "a proxy answers 502 with a page of its own"),
    Fault("server_500", SERVER, "the server stumbles before it wrote anything: 500"),
    Fault("crash_before_commit", SERVER, "the server dies before its transaction is on disk"),
    Fault("crash_after_commit", SERVER, "the server dies after its transaction is on disk, before it answers"),
    Fault("answer_lost", WAY_DOWN, "the answer never arrives"),
    Fault("answer_cut", WAY_DOWN, "only the first half of the answer's body arrives"),
    Fault("store_full", STORE, "the phone's flash takes no more"),
    Fault("store_closed", STORE, "the system takes the connection to the database away"),
    Fault("killed_before_write", BROWSER, "the browser is killed before a transaction of the store is down"),
    Fault("killed_after_write", BROWSER, "the browser is killed right after a transaction of the store is down"),
    Fault("killed_before_request", BROWSER, "the browser is killed as it is about to ask the server"),
    Fault("killed_after_request", BROWSER, "the browser is killed after the server took its request, before it reads the answer"),
)  # fmt: skip
BY_NAME = {fault.name: fault for fault in FAULTS}
