"""The municipality's account: what the operator is paid, what riders pay, the fee to Movia, shared out to the oere.

net cost = operator payment - fares + fee to Movia. Exact whole numbers throughout.
"""
