"""The guest's program: `python <this folder> <packages> <job> <out>`. There is no site module: paths are set here."""

import sys

sys.path.append(sys.argv[1])

from antidote_host.guest.main import main  # noqa: E402

main(*sys.argv[2:])
