"""`python -m antidote_host run` and `score`: a defense on exported job folders, without Node."""

from antidote_host.at_home.command_line import main

if __name__ == "__main__":
    raise SystemExit(main())
