"""What stands between the phone and the server: always there, mostly without being noticed, and sometimes like a bad network.

It holds the phone's address while the server is gone, so that a phone always finds "its" server at the same place."""

import http.client
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PORTAL = "<!doctype html><title>Wi-Fi</title><p>Mời quý khách đăng nhập Wi-Fi".encode()
PATIENCE_S = 60
OF_ONE_HOP = {"connection", "transfer-encoding", "keep-alive"}


class Between:
    """mode: "through", "page" (200 with a page of its own), "cut" (the server works, half of its answer arrives)."""

    def __init__(self) -> None:
        self.mode, self.server_port = "through", 0
        self.disturbed = 0  # answers that did not arrive as the server gave them
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(between) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._pass_on()

            def do_POST(self) -> None:
                self._pass_on()

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if between.mode == "page":
                    between.disturbed += 1
                    return self._answer(200, [("Content-Type", "text/html")], PORTAL)
                try:
                    status, headers, answer = self._asked(body)
                except (OSError, http.client.HTTPException):
                    self.close_connection = True  # as if nobody listened
                    return None
                cut = between.mode == "cut"
                between.disturbed += cut
                return self._answer(status, headers, answer, len(answer) // 2 if cut else None)

            def _asked(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
                server = http.client.HTTPConnection("127.0.0.1", between.server_port, timeout=PATIENCE_S)
                try:
                    server.request(self.command, self.path, body or None, dict(self.headers.items()))
                    answer = server.getresponse()
                    return answer.status, answer.getheaders(), answer.read()
                finally:
                    server.close()

            def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes, until: int | None = None) -> None:
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in {*OF_ONE_HOP, "content-length"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(OSError):  # the browser was killed meanwhile
                    self.wfile.write(body[:until])
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        return Handler
