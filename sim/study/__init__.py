"""The study: a scenario for one municipality with everything it needs made ready, and one run of it.

Here demand, price response, dispatch and accounts meet; what is compared with what is the comparison's business.
"""
