"""A site of somebody else's: plain pages of another origin that carry the widget's script tag."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="en"{html}><head><meta charset="utf-8"><title>A small blog</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css"><script src="/page.js"></script></head>
<body><header><p>Fernleigh Walks</p></header><main><h1>Three dry days in the hills</h1>
<p>Rain was forecast, and the rain stayed away. We walked the ridge from hut to hut, drank tea at
every one of them, and came home with dry boots.</p><p><a href="#more">How we packed</a></p>
<h2 id="more">What we carried</h2><p>A stove, a tent for two, one jacket each.</p></main>{tags}</body></html>"""
STYLE = """:root { color-scheme: light dark } body { font: 17px/1.6 Georgia, serif; margin: 0 auto; max-width: 42rem;
padding: 2rem 1.25rem } button, iframe, div { outline: 2px dashed red; transform: rotate(3deg); color: red }
header p { font-weight: bold } @media (prefers-color-scheme: dark) {
html { background: #161616; color: #eee } a { color: #9ec5ff } }"""
# Trusted Types, and nothing from anywhere but this site and the widget's.
STRICT = ("default-src 'none'; script-src 'self' {home}; frame-src {home}; style-src 'self'; img-src 'self' data:; "
          "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'")  # fmt: skip


class HostSite:
    """What the pages hold; the tests change it."""

    def __init__(self, home: str) -> None:
        self.home, self.tags, self.script, self.strict, self.html = home, "", "", False, ""

    def embed(self, key: str, times: int = 1, **attributes: str) -> HostSite:
        more = "".join(f' data-{name}="{value}"' for name, value in attributes.items())
        self.tags = (
            f'<script async src="{self.home}/widget.js" data-shop="{key}"{more}></script>' * times
        )
        return self


@contextmanager
def host_site(home: str):
    """Serve a page at localhost, which is another site than 127.0.0.1; yields it and its origin."""
    site = HostSite(home)

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = PAGE.format(tags=site.tags, html=site.html)
            kinds = {"/page.css": ("text/css", STYLE), "/page.js": ("text/javascript", site.script)}
            kind, text = kinds.get(self.path, ("text/html; charset=utf-8", page))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            if site.strict:
                self.send_header("Content-Security-Policy", STRICT.format(home=home))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site, f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
