"""The edge: the command line and, beside it, HTTP. It translates and never decides."""

import sim as sim  # says how NumPy is to be loaded, so it comes first
