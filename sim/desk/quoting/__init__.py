"""Quoting whole files of trips: reads CSV or Parquet, prices every good row, says what is wrong with the rest.

This room knows tables and files of trips. The prices are ``tariffs``' alone; nothing here decides a fare.
"""

from sim.desk.quoting.bulk import BulkSummary, quote_file
from sim.desk.quoting.columns import COLUMNS

__all__ = ["COLUMNS", "BulkSummary", "quote_file"]
