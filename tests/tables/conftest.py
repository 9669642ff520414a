"""The random worlds stand in tests/dispatch and serve the tables' tests too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "dispatch"))
