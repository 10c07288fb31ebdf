import errno
import re
import traceback

from antidote_host.defense_failed import DefenseFailed, Reason
from antidote_host.guest.job_folder import MODULE_FILE
from antidote_host.guest.seal import PROCESS, SOCKET, Shut
from antidote_host.host import current_step

LONGEST = 120
"""Of the 200 characters that a detail has; the rest is for the place behind it."""

NO_GPU = re.compile(r"CUDA|NVIDIA|cuda", re.ASCII)
SHARED = (
    "The module asks for semaphores or memory that processes share (multiprocessing, also its ThreadPool);"
    " a defense has one process, and threads by concurrent.futures"
)
NO_CPUINFO = (
    "The module asks PyTorch for what it computes by the processor's description, which the jail does not show"
    " (products in float16); take float32 or bfloat16"
)
NO_MEMORY = re.compile(r"can't allocate memory|not enough memory|Unable to allocate|out of memory|std::bad_alloc")


def failure_of(error: BaseException) -> tuple[Reason, str]:
    """Why the module failed, from whatever it threw, and where: file, line and step, as far as they are known."""
    place = _place(error)
    if isinstance(error, DefenseFailed):
        return error.reason, f"{_cut(error.detail.rstrip('.'))}{place}."
    try:
        told = _cut(f"{type(error).__name__}: {error}")
    except BaseException:  # its own words throw
        told = _cut(type(error).__name__)
    words = f"The module threw {told}{place}."
    if isinstance(error, Shut):
        return "threw", f"{_cut(str(error))}{place}."
    if isinstance(error, ImportError):
        return "blocked-import", f"The module imports what its set of packages lacks: {_cut(str(error))}{place}."
    if isinstance(error, SystemExit):
        return "threw", f"The module ended its process with sys.exit{place}."
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and NO_MEMORY.search(told)):
        return "out-of-memory", words
    if isinstance(error, FileNotFoundError) and _among_processes(error):
        return "threw", f"{SHARED}{place}."
    if isinstance(error, OSError) and error.errno in (errno.EPERM, errno.ENOSYS):
        return "threw", f"{_refused(error)}{place}."
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return "too-large", f"The module wrote more than its room holds: {_cut(str(error))}{place}."
    if isinstance(error, (RuntimeError, AssertionError)) and NO_GPU.search(told):
        return (
            "threw",
            f"The module asks for a GPU, and this runner computes on a processor: {_cut(str(error), 60)}{place}.",
        )
    if isinstance(error, RuntimeError) and "shared memory object" in told:
        return "threw", f"{SHARED}{place}."
    if isinstance(error, RuntimeError) and "Failed to initialize cpuinfo" in told:
        return "threw", f"{NO_CPUINFO}{place}."
    return "threw", words


def _among_processes(error: OSError) -> bool:
    """Whether what is not there is a semaphore or memory that processes share: the jail has no place for them."""
    try:
        last = traceback.extract_tb(error.__traceback__)[-1].filename
    except BaseException:
        return False
    return re.search(r"/multiprocessing/(synchronize|shared_memory|heap)\.py$", last) is not None


def _refused(error: OSError) -> str:
    """What the jail refused, by the libraries on the way to it; not every call says so to `seal`."""
    way = " ".join(frame.filename for frame in traceback.extract_tb(error.__traceback__))
    if re.search(r"/(multiprocessing|concurrent|joblib)/|/(subprocess|pty)\.py", way):
        return PROCESS
    if re.search(r"/asyncio/|/socket\.py", way):
        return SOCKET
    return f"The module asks the system for what the jail refuses: {_cut(str(error))}"


def _cut(text: str, longest: int = LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def _place(error: BaseException) -> str:
    """Where the module was on the way, innermost: `module.py:3`; and the step that was being shaped."""
    try:
        frames = traceback.extract_tb(error.__traceback__)
        lines = [f"{MODULE_FILE}:{frame.lineno}" for frame in frames if frame.filename == MODULE_FILE]
    except BaseException:
        lines = []
    step = current_step()
    known = [*lines[-1:], *([] if step is None else [f"step {step}"])]
    return f" ({', '.join(known)})" if known else ""
