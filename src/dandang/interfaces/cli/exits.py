"""What the exit code of a command means. A promise to scripts, never changed."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of `dandang`."""

    OK = 0
    CHECK_FAILED = 1
    """A check found something, or some rows could not be taken in."""
    USAGE = 2
    """The command line is wrong, or a file named on it cannot be used."""
    NOT_FOUND = 3
    REFUSED = 4
    """A rule refused the act, or somebody else was faster. Nothing was written."""
    CONFIGURATION = 5
    """The installation is not ready: its settings, its database, its set-up."""
    INTERRUPTED = 130
    PIPE_CLOSED = 141
