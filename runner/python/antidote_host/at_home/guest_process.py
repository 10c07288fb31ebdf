import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import antidote_host
from antidote_host.at_home.wrong_call import WrongCall
from antidote_host.engine import Streams

PROGRAM = "import sys; from antidote_host.guest.main import main; main(sys.argv[1], sys.argv[2])"

ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NPROC": "1",
    "XLA_FLAGS": "--xla_cpu_experimental_ynn_fusion_type=",
    "TORCHDYNAMO_DISABLE": "1",
    "TZ": "UTC",
}
"""As in the jail: what decides the last bits of a result."""


@dataclass(frozen=True)
class Ended:
    """How a guest ended that had begun."""

    code: int
    """Its exit code; less than 0: by that signal."""
    seconds: float
    """Of the module alone."""
    log: str


def run_guest(job: Path, out: Path, streams: Streams) -> Ended:
    """The guest of the jail in a process of its own. What the module prints is shown, and kept."""
    words = [sys.executable, "-s", "-B", "-u", "-c", PROGRAM, str(job), str(out)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words,
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.STDOUT,
        cwd=job,
        env=_environment(),
        text=True,
        errors="replace",
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(_told(streams) + "\n")
        child.stdin.close()
        ready, begun, log = False, time.monotonic(), ""
        for line in child.stdout:
            if line == "ready\n" and not ready:
                ready, begun = True, time.monotonic()
                continue
            log += line
            print(line, end="", file=sys.stderr, flush=True)
        code = child.wait()
    seconds = time.monotonic() - begun
    if not ready:
        raise WrongCall(f"The job {job} could not be begun: {(log.strip() or 'nothing was said').splitlines()[-1]}")
    return Ended(code, seconds, log)


def _told(streams: Streams) -> str:
    return json.dumps({"streams": {name: stream.hex() for name, stream in asdict(streams).items()}})


def _environment() -> dict[str, str]:
    package = str(Path(antidote_host.__path__[0]).parent)
    path = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    avx2 = {"ATEN_CPU_CAPABILITY": "avx2"} if _has_avx2() else {}
    return {**os.environ, **ENVIRONMENT, **avx2, "PYTHONPATH": os.pathsep.join(path)}


def _has_avx2() -> bool:
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return False
