"""A nurse clinic (sygeplejeklinik) in place of home visits: the rides it adds, and the nurses' driving it saves.

The rides are part of the transport account like any others. The nurses' time is an account of its own beside it.
"""
