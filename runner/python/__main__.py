"""The guest's program in the jail: `python <this folder> <packages> <job> <out>`. It has no site module: paths are set here."""

import sys

sys.path.append(sys.argv[1])

from antidote_host.guest.main import main  # noqa: E402

main(*sys.argv[2:])
