"""What an application serves from: its jobs and its results, as a request finds them."""

from fastapi import Request

from api.store.protocol import Jobs, Results


def jobs_of(request: Request) -> Jobs:
    """Return the jobs of the application that a request came to."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def results_of(request: Request) -> Results:
    """Return the results of the application that a request came to."""
    results: Results = request.app.state.results
    return results
