"""What watches the site: the page that Prometheus reads, and the same on a port of its own for
processes that serve no pages."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Metric, exposition, start_http_server
from prometheus_client.registry import Collector

from chatbot import metrics

from .standing import Standing

_standing = Standing()


class Everything(Collector):
    """What the processes have measured, and how things stand."""

    def collect(self) -> Iterable[Metric]:
        """Both, asked for anew."""
        yield from metrics.registry().collect()
        yield from _standing.collect()


def page(accept: str) -> tuple[bytes, str]:
    """All figures in the format that is asked for, and its content type."""
    encode, kind = exposition.choose_encoder(accept)
    return encode(_registry()), kind


def listen(address: str, *, database: bool = True) -> None:
    """Serve the page at `address` ("127.0.0.1:9108") from a thread; nothing where it is empty.
    Who reaches that address may read it, so let only Prometheus do so. A process that has no
    `database` tells nothing of it. Raises OSError where the port is taken."""
    if address:
        host, _, port = address.rpartition(":")
        start_http_server(int(port), host, _registry() if database else metrics.registry())


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Everything())
    return registry
