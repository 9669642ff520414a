"""What the service keeps on disk: runs' results under names of its own making, and saved names.

The room knows nothing of HTTP, nor of how a run is calculated: that is `api.jobs`.
"""
