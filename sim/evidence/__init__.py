"""Evidence: what is fitted to which declared facts (calibration), and what is then predicted, and how well (validation)."""
