"""Trains undefended models for who measures a suite: `python -m antidote_host.undefended`, outside of the jail.

A line of standard input is one training: {"job": its folder, "out": a file for the weights, "streams": its seeds}. A line
`done` answers it.
"""

import json
import sys
from pathlib import Path

from antidote_host.guest.job_folder import read_job_folder, streams_of
from antidote_host.guest.warm import warm
from antidote_host.host import Host
from antidote_host.weights import write_weights


def main() -> None:
    warm()
    for line in sys.stdin:
        told = json.loads(line)
        job = read_job_folder(Path(told["job"]))
        write_weights(Path(told["out"]), Host(job.model, streams_of(line)).fit(job.train))
        print("done", flush=True)


if __name__ == "__main__":
    main()
