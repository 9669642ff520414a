"""The pages for people: Danish first, rendered on the server, working without scripts."""
