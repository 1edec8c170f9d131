"""``python -m congvu``: the same as the command ``congvu``."""

import sys

from congvu.cli import main

sys.exit(main())
