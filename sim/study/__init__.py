"""The study: a scenario for one municipality with everything it needs made ready, one run of it, and many runs counted.

Here demand, price response, dispatch and accounts meet; what is compared with what is the answer's business.
"""
