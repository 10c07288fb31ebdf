import base64
import ctypes
import os
import platform

SECCOMP = {"x86_64": 317, "aarch64": 277}
SET_MODE_FILTER = 1
ALL_THREADS = 1


class Program(ctypes.Structure):
    """struct sock_fprog of linux/filter.h."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def limit_calls(encoded: str) -> None:
    """From here on the kernel refuses this process, with all its threads, what this filter refuses: also to start
    another program, and to set a filter. `encoded`: instructions of classic BPF in base64.

    Raises OSError where the kernel does not take it.
    """
    instructions = base64.b64decode(encoded)
    program = Program(len(instructions) // 8, instructions)
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(SECCOMP[platform.machine()], SET_MODE_FILTER, ALL_THREADS, ctypes.byref(program)) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"The filter of system calls was not set: {os.strerror(code)}")
