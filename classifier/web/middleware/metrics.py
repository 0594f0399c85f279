"""What the server did, for Prometheus."""

import time
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


@dataclass(frozen=True, eq=False)
class Metrics:
    """Counters of one server, in a registry of their own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        """Enter the counters into the registry."""
        ProcessCollector(registry=self.registry)
        entries = {
            "requests": Counter(
                "classify_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
            ),
            "seconds": Histogram(
                "classify_request_seconds", "Time to the last byte", ["route"], buckets=_SECONDS, registry=self.registry
            ),
            "paragraphs": Counter("classify_paragraphs", "Paragraphs labelled", registry=self.registry),
            "decisions": Counter("classify_decisions", "Decisions stored", registry=self.registry),
            "model": Gauge("classify_model_info", "The version in use", ["version"], registry=self.registry),
        }
        for name, value in entries.items():
            object.__setattr__(self, name, value)

    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    paragraphs: Counter = field(init=False)
    decisions: Counter = field(init=False)
    model: Gauge = field(init=False)


class MetricsMiddleware:
    """Counts and times requests by the route that answered, not by path: paths are without number."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "(other)")
            self.metrics.requests.labels(scope["method"], route, str(status)).inc()
            self.metrics.seconds.labels(route).observe(time.perf_counter() - began)
