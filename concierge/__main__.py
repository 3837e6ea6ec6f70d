"""`python -m concierge` is the same as the `concierge` command."""

import sys

from concierge.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
