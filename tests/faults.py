"""A server that speaks chat completions badly: the first part of its path says how."""

from __future__ import annotations

import json
import re
import select
import socket
import struct
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

asked: list[dict] = []  # the bodies of all requests
LONG = 30  # seconds for which a server holds a line that nobody hangs up


class Faults(BaseHTTPRequestHandler):
    """One fault a method; `/stalls/chat/completions` stalls."""

    def do_POST(self):
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked.append(self.body)
        with suppress(OSError):  # the client has hung up, as it should
            getattr(self, self.path.split("/")[1])()

    def log_message(self, *_what):
        """Keep the test's output clean."""

    def begin(self, status=200, kind="text/event-stream", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, line):
        self.raw(f"{line}\n\n".encode())

    def raw(self, data):
        self.wfile.write(data)
        self.wfile.flush()

    def piece(self, text, reason=None):
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
        self.send("data: " + json.dumps({"id": "x", "choices": [choice]}))

    def until_left(self, step, pause):
        """Go on for as long as somebody listens."""
        began = time.monotonic()
        while time.monotonic() - began < LONG and not self.left():
            step()
            time.sleep(pause)

    def left(self):
        """Whether the client has hung up."""
        heard, _, _ = select.select([self.connection], [], [], 0)
        return bool(heard) and not self.connection.recv(1, socket.MSG_PEEK)

    def wait(self):
        self.until_left(lambda: None, 0.1)

    def values(self):
        """Every value the prompt gives, as an obedient model would say them."""
        told = re.findall(r"^- .+?: (.+)$", self.body["messages"][1]["content"], re.M)
        return " ".join(f"It's {v}." for v in told) or "Certainly."

    # Statuses.

    def fails(self):
        self.begin(500, "text/plain")

    def is_away(self):
        self.begin(503, "text/html")
        self.send("<h1>Back soon</h1>")

    def limits(self):
        self.begin(429, "application/json")

    def limits_until(self):
        self.begin(429, "application/json", Retry_After="60")

    def rejects(self):
        self.begin(400, "application/json")

    def forbids(self):
        self.begin(401, "application/json")

    def moves(self):
        self.begin(307, "text/plain", Location=f"/recites{self.path.removeprefix('/moves')}")

    # Lines that are slow, or cut.

    def waits(self):
        """Not a byte."""
        self.wait()

    def drips_headers(self):
        """The head of an answer, a byte at a time, for ever."""
        self.raw(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self.until_left(lambda: self.raw(b"x"), 0.1)

    def stalls(self):
        self.begin()
        self.piece("The kettle ")
        self.wait()

    def comments(self):
        self.begin()
        self.until_left(lambda: self.send(": still here"), 0.05)

    def drips(self):
        """A letter at a time, for ever."""
        self.begin()
        self.until_left(lambda: self.piece("a "), 0.1)

    def cuts(self):
        self.begin()
        self.piece("The kettle costs ")

    def resets(self):
        """The connection is gone in the middle, without a farewell."""
        self.begin()
        self.piece("The kettle costs ")
        gone = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, gone)
        self.connection.close()

    def hangs_up(self):
        """The connection is closed before a byte was sent."""
        self.connection.shutdown(socket.SHUT_RDWR)

    # Frames that are none.

    def halves(self):
        self.begin()
        self.send('data: {"choices": [{"del')

    def halves_a_frame(self):
        self.begin()
        self.piece("It is ")
        self.raw(b'data: {"choices": [{"delta": {"content": "$49')

    def truncates(self):
        """The first half of a character of two bytes."""
        self.begin()
        self.raw(b'data: {"choices": [{"delta": {"content": "Caf\xc3"}}]}\n\n')

    def pages(self):
        self.begin(kind="text/html")
        self.send("<h1>It works!</h1>")

    def garbles(self):
        """What a server says that speaks TLS."""
        self.raw(b"\x15\x03\x01\x00\x02\x02\x46" * 3)
        self.connection.shutdown(socket.SHUT_RDWR)

    def misshapes(self):
        """JSON, but no chunk."""
        self.begin()
        for chunk in ("5", "[]", '"x"', '{"choices": 5}', '{"choices": [5]}', "null"):
            self.send(f"data: {chunk}")

    def nests(self):
        """More brackets than anybody can close."""
        self.begin()
        self.send("data: " + "[" * 200_000)

    def swells(self):
        """One frame that never ends."""
        self.begin()
        self.raw(b'data: {"choices": [{"delta": {"content": "')
        self.until_left(lambda: self.raw(b"x" * 65536), 0)

    def reports(self):
        """An error in place of a chunk."""
        self.begin()
        self.send('data: {"error": {"message": "CUDA out of memory", "code": 500}}')

    def echoes(self):
        """A refusal that says again what was asked."""
        self.begin(422, "application/json")
        self.wfile.write(json.dumps({"error": {"message": str(self.body), "type": "bad"}}).encode())

    # Texts that are none.

    def skimps(self):
        """Chunks with as little in them as can be, and no [DONE]."""
        self.begin()
        for chunk in ("{}", '{"choices": []}', '{"choices": [{"delta": {"content": "Fine."}}]}'):
            self.send(f"data: {chunk}")
        self.send('data: {"choices": [{"finish_reason": "stop"}]}')

    def is_silent(self):
        """A text that ends without a word."""
        self.begin()
        self.piece("", "stop")

    def goes_on(self):
        """A text without an end."""
        self.begin()
        self.until_left(lambda: self.piece("very "), 0)

    def doubles(self):
        """Every chunk twice."""
        self.begin()
        for word in re.findall(r"\S+\s*", self.values()):
            self.piece(word)
            self.piece(word)
        self.piece("", "stop")

    def breaks_a_price(self):
        """The line is cut in the middle of a number, and the end is told all the same."""
        self.begin()
        self.piece("It is $4")
        self.piece("", "stop")

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
        self.piece(self.values(), "stop")

    def recites_half(self):
        """The same until the line is cut behind the first sentence."""
        self.begin()
        self.piece(f"{self.values().partition('. ')[0]}. And it ")

    # Servers that are well, each in its way.

    def cites(self):
        """What our writer would say behind a server: all that it must cite, once."""
        self.begin()
        must = self.body["messages"][0]["content"].partition("<may>")[0]
        told = re.findall(r"\{[^{}]+\}", must)
        self.piece(" ".join(f"It is {r}." for r in told) or "Certainly.", "stop")

    def cites_at_the_third_draw(self):
        """The same, after two texts that break a rule."""
        if self.body["seed"] % 8 >= 2:
            self.cites()
            return
        self.begin()
        self.piece("It is $49.", "stop")

    def never_cites(self):
        self.begin()
        self.piece("It is what it is.", "stop")

    def charges(self):
        """The text, and what it took in a chunk of its own."""
        self.recites()
        usage = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}
        if self.body.get("stream_options"):
            self.send("data: " + json.dumps({"id": "x", "choices": [], "usage": usage}))

    def knows_little(self):
        """A field that it does not know is an error."""
        if set(self.body) - set("model messages stream max_tokens temperature top_p seed".split()):
            self.begin(422, "application/json")
            return
        self.recites()

    def lingers(self):
        """A whole text, and then the line is held open."""
        self.recites()
        self.wait()


@contextmanager
def fault_server():
    """Yields its URL, to which the name of a fault is added."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Faults)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
