"""An engine that is far away: it streams an honest text in a fixed time, as many as are asked for.

`python -m tests.load.far_engine PORT` speaks chat completions and costs next to no CPU, so that what
is measured is whoever asks.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

FIRST, REST, PIECES = 0.4, 0.8, 4  # seconds to the first words and to the end; in how many parts
VALUE = re.compile(r"^- .+?: (.+)$", re.M)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def words(task: str) -> str:
    """What the task wants said, and nothing else."""
    must = task.split("These may appear as well:")[0]
    return " ".join(f"It's {value}." for value in VALUE.findall(must)) or "Certainly."


def chunk(text: str, reason: str | None) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    return f"data: {json.dumps({'id': 'x', 'choices': [choice]})}\n\n".encode()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return  # somebody looked whether it is there
    length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
    text = words(json.loads(await reader.readexactly(length))["messages"][1]["content"])
    size = -(-len(text) // PIECES)
    await asyncio.sleep(FIRST)
    writer.write(HEAD)
    for start in range(0, len(text), size):
        writer.write(chunk(text[start : start + size], None))
        await asyncio.sleep(REST / PIECES)
    writer.write(chunk("", "stop"))
    await writer.drain()
    writer.close()


async def main(port: int) -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
