"""The municipality's own months and budget: observed figures, the model fitted to them, and the year's forecast.

This room reads what officers have (passengers and net cost by month, a budget, what is spent so far) and says what
the year will come to. It knows the simulation only by its totals and its front door; it does not simulate itself.
"""
