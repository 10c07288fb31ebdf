import errno
import os
import random
import sys

import numpy as np

from antidote_host.engine import Streams


class Shut(PermissionError):
    """What the jail refuses, said in words. A PermissionError: libraries that try and go on do so."""

    def __init__(self, what: str) -> None:
        super().__init__(errno.EPERM, what)
        self.what = what

    def __str__(self) -> str:
        return self.what


PROCESS = (
    "The module starts a process (fork, subprocess, multiprocessing); a defense has one process, and may use threads"
)
SOCKET = "The module opens a socket (or asyncio does for it); a defense has no network"
REFUSED = {
    "os.fork": PROCESS,
    "os.forkpty": PROCESS,
    "os.exec": PROCESS,
    "os.posix_spawn": PROCESS,
    "os.spawn": PROCESS,
    "os.system": PROCESS,
    "subprocess.Popen": PROCESS,
    "pty.spawn": PROCESS,
    "socket.__new__": SOCKET,
    "socket.getaddrinfo": SOCKET,
    "socket.gethostbyname": SOCKET,
}


def _refuse(event: str, _arguments: object) -> None:
    what = REFUSED.get(event)
    if what is not None:
        raise Shut(what)


def seal(streams: Streams) -> None:
    """Seeds chance from the trial's streams, and gives words to what the jail refuses. It keeps nobody out."""
    random.seed(int.from_bytes(streams.random, "little"))
    np.random.seed(np.frombuffer(streams.random[:16], "<u4"))
    if "torch" in sys.modules:
        from antidote_host.guest.torch_guest import seal_torch

        seal_torch(streams.random)
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.addaudithook(_refuse)
