"""The service: a browser to review in, an API for other programs, a backend for Label Studio. Needs the extra `web`."""
