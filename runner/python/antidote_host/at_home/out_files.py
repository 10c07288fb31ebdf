import os
import re
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from antidote_host.defense_failed import DefenseFailed

WEIGHTS, ROW_WEIGHTS, FAILURE = "weights.safetensors", "row-weights.npy", "failure.json"

BYTE_LIMIT = 256 * 2**20
"""The room of the jail's /out."""
FAILURE_BYTE_LIMIT = 65_536


def read_out(folder: Path) -> dict[str, bytes]:
    """The files that a dead guest left, by their names in runner/jail/README.md. Other names are not looked at.

    Nothing is followed. Raises DefenseFailed for a link of either kind, a pipe or a folder in a file's place
    (bad-output), and for more bytes than the jail has room for (too-large), before the first file is read.
    """
    try:
        names = [name for name in (WEIGHTS, ROW_WEIGHTS, FAILURE) if os.path.lexists(folder / name)]
        names += _members(folder / "members")
        sizes = {name: _size(folder / name, name) for name in names}
        if sum(sizes.values()) > BYTE_LIMIT or sizes.get(FAILURE, 0) > FAILURE_BYTE_LIMIT:
            raise DefenseFailed("too-large", "What the module left is too large.")
        return {name: (folder / name).read_bytes() for name in names}
    except OSError as error:  # without the right to it
        raise DefenseFailed("bad-output", f"What the module left is not read: {error.strerror}.") from error


def _members(folder: Path) -> list[str]:
    if not os.path.lexists(folder):
        return []
    if not S_ISDIR(folder.lstat().st_mode):
        raise DefenseFailed("bad-output", "members is no plain folder.")
    names = (file.name for file in folder.iterdir())
    return sorted(f"members/{name}" for name in names if re.fullmatch(r"[0-9]{3}\.safetensors", name))


def _size(file: Path, name: str) -> int:
    stat = file.lstat()
    if not S_ISREG(stat.st_mode) or stat.st_nlink != 1:
        raise DefenseFailed("bad-output", f"{name} is no plain file.")
    return stat.st_size
