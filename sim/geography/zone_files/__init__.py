"""Files of zones as GIS programs write them, turned into GeoJSON with the system that the file states.

This room knows formats, their traps and the limits under which a stranger's file is opened: in a process of its own, by
the named formats alone. It knows nothing of municipalities or of what a zone is used for.
"""
