"""Ask kosoku's cases of a server, and print how many there were and which failed, as JSON. In a
process of its own: kosoku puts a package `autobahn` of its own in the place of daphne's."""

from __future__ import annotations

import asyncio
import json
import os
import sys

import kosoku

OTHERS = ["9.*", "12.*", "13.*"]  # speed and compression


async def asked(url: str, cases: list[str]) -> dict:
    """Close codes of the cases that failed, by their number."""
    try:
        results = await kosoku.run_fuzzingclient(url, cases or None, OTHERS, concurrency=8)
    except kosoku.FailureError as failure:
        results = failure.results
    failed = {r.case_id: r.remote_close_code for r in results if not r.passed}
    return {"cases": len(results), "failed": failed}


if __name__ == "__main__":
    told = asyncio.run(asked(sys.argv[1], sys.argv[2:]))
    sys.stdout.write(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)  # its threads at times abort an interpreter that ends
