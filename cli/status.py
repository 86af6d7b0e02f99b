"""Exit statuses of every subcommand; 0 is done."""

NOTHING = 1
"""Nothing found, or some inputs failed."""
USAGE = 2
UNUSABLE = 3
"""The store or the set-up cannot be used."""
INTERRUPTED = 130
