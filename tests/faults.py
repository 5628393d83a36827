"""A server that speaks chat completions badly: the first part of its path says how."""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

asked: list[dict] = []  # the bodies of all requests


class Faults(BaseHTTPRequestHandler):
    """One fault a method; `/stalls/chat/completions` stalls."""

    def do_POST(self):
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked.append(self.body)
        with suppress(OSError):  # the client has hung up, as it should
            getattr(self, self.path.split("/")[1])()

    def log_message(self, *_what):
        """Keep the test's output clean."""

    def begin(self, status=200, kind="text/event-stream"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def send(self, line):
        self.wfile.write(f"{line}\n\n".encode())
        self.wfile.flush()

    def piece(self, text, reason=None):
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
        self.send("data: " + json.dumps({"id": "x", "choices": [choice]}))

    def fails(self):
        self.begin(500, "text/plain")

    def forbids(self):
        self.begin(401, "application/json")

    def cuts(self):
        self.begin()
        self.piece("The kettle costs ")

    def stalls(self):
        self.begin()
        self.piece("The kettle ")
        time.sleep(3)

    def comments(self):
        self.begin()
        for _n in range(60):
            self.send(": still here")
            time.sleep(0.05)

    def halves(self):
        self.begin()
        self.send('data: {"choices": [{"del')

    def pages(self):
        self.begin(kind="text/html")
        self.send("<h1>It works!</h1>")

    def skimps(self):
        """Chunks with as little in them as can be, and no [DONE]."""
        self.begin()
        for chunk in ("{}", '{"choices": []}', '{"choices": [{"delta": {"content": "Fine."}}]}'):
            self.send(f"data: {chunk}")
        self.send('data: {"choices": [{"finish_reason": "stop"}]}')

    def babbles(self):
        self.begin()
        self.piece("It is $3.50 {moon.phase} <b>now</b>. I guarantee it! Or {not", "stop")

    def splits(self):
        """Half a surrogate pair, and the character that no database takes."""
        self.begin()
        self.piece("Fine\ud83d\0 \U0001f375.", "stop")

    def recites(self):
        """What an obedient model would say: every value it was given, word for word."""
        self.begin()
        values = re.findall(r"^- .+?: (.+)$", self.body["messages"][1]["content"], re.M)
        self.piece(" ".join(f"It's {v}." for v in values) or "Certainly.", "stop")


@contextmanager
def fault_server():
    """Yields its URL, to which the name of a fault is added."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Faults)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
