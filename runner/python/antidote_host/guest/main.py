"""The guest: gets ready, waits for a line, reads its job, lets the module train. See runner/jail/README.md."""

import os
import sys
from pathlib import Path

from antidote_host.guest.failure import failure_of
from antidote_host.guest.job_folder import read_job_folder, streams_of
from antidote_host.guest.limit_calls import limit_calls
from antidote_host.guest.load_module import load_module
from antidote_host.guest.out import Out
from antidote_host.guest.seal import seal
from antidote_host.guest.train import train
from antidote_host.guest.warm import warm


def main(job: str, out: str, calls: str | None = None) -> None:
    """Until it prints `ready` what fails is the harness's fault; from there on the module's.

    A module that breaks the functions with which the guest writes down its failure spoils its own account only. The
    process ends without its exit handlers, which would be the module's. `calls`: a filter of system calls, which a jail
    gives.
    """
    warm()
    line = sys.stdin.readline()
    if line == "":
        os._exit(0)  # nobody wants it any more
    streams = streams_of(line)
    folder = read_job_folder(Path(job))
    left = Out(Path(out))
    if calls is not None:
        limit_calls(calls)
    print("ready", flush=True)
    status = 1
    try:
        seal(streams)
        left.write(train(folder, load_module(folder.code), left, streams))
        status = 0
    except BaseException as error:  # SystemExit and KeyboardInterrupt are the module's, too
        left.fail(*failure_of(error))
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:
                pass  # the module closed it
        os._exit(status)
