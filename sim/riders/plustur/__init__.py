"""Plustur: rides to and from the stops of bus and train, offered where those give no good alternative.

Knows how small the pilot was, the transfer points, when bus and train are good enough, who searches, and who moves over from
flextur. Knows nothing of prices, vehicles or single trips. How it is done stands in docs/plustur.md.
"""
