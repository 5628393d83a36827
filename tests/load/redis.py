"""A redis-server that comes and goes."""

from __future__ import annotations

import shutil
import subprocess

from tests.servers import free_port, needs, wait_for_port


class Redis:
    """One that keeps nothing on disk, always on the same port."""

    def __init__(self, folder):
        needs(shutil.which("redis-server"), "redis-server")
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_what):
        self.kill()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--dir", str(self.folder)]
        self.process = subprocess.Popen([*command, "--save", ""], stdout=subprocess.DEVNULL)
        wait_for_port(self.port)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        """As an administrator does it: told to end, and started anew."""
        self.process.terminate()
        self.process.wait()
        self.start()
