"""An engine that is far away: it streams an honest text in a fixed time, as many as are asked for.

`python -m tests.load.far_engine PORT [SECONDS FRAMES]` speaks chat completions and costs next to no
CPU, so that what is measured is whoever asks. A text takes so many seconds, in as many frames a
second; where it has fewer letters than frames, some are empty.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from functools import partial

FIRST, REST, FRAMES = 0.4, 0.8, 5  # seconds to the first words and to the end, and frames a second
VALUE = re.compile(r"^- .+?: (.+)$", re.M)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def words(task: str) -> str:
    """What the task wants said, and nothing else."""
    must = task.split("These may appear as well:")[0]
    return " ".join(f"It's {value}." for value in VALUE.findall(must)) or "Certainly."


def chunk(text: str, reason: str | None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    return f"data: {json.dumps({'id': 'x', 'choices': [choice]})}\n\n".encode()


async def answer(
    rest: float, frames: float, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return  # somebody looked whether it is there
    length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
    text = words(json.loads(await reader.readexactly(length))["messages"][1]["content"])
    count = round(rest * frames)
    await asyncio.sleep(FIRST)
    writer.write(HEAD)
    for n in range(count):
        start, end = (len(text) * place // count for place in (n, n + 1))
        writer.write(chunk(text[start:end], None))
        await asyncio.sleep(1 / frames)
    writer.write(chunk("", "stop"))
    await writer.drain()
    writer.close()


async def main(port: int, rest: float = REST, frames: float = FRAMES) -> None:
    server = await asyncio.start_server(partial(answer, rest, frames), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *map(float, sys.argv[2:])))
