"""The smallest ASGI applications that say back what they hear, for conformance cases."""

from __future__ import annotations


async def application(scope, receive, send, hears=lambda said: True) -> None:
    """Echo one socket."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        said = {key: message[key] for key in ("text", "bytes") if message.get(key) is not None}
        if hears(said):
            await send({"type": "websocket.send"} | said)


async def forgetful(scope, receive, send) -> None:
    """Echo what is not empty, as some servers do."""
    await application(scope, receive, send, lambda said: any(said.values()))
