"""The edge: the command line and, beside it, HTTP. It translates and never decides."""
