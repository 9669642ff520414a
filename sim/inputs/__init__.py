"""Inputs: what a run starts from, checked when it enters.

Knows files, folders and what may be stated; nothing of what is made of them.
"""
