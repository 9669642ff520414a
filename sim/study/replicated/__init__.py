"""A study run again and again: what is counted of each replication, when there are enough, and the spread of what came out.

Knows whole totals and their intervals. What is published of them, and how it is worded, is the answer's business.
"""
