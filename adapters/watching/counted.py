"""The figures of the running bot, as Prometheus reads them; no label holds a community, a member or a text."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.measures import Measures

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""Seconds; the store answers in milliseconds."""
PATIENT = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30)
"""Seconds; platforms give up on a first answer after three."""
TOGETHER = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class PrometheusMeasures(Measures):
    """Measures kept as Prometheus counters, histograms and gauges, in a registry of their own."""

    def __init__(self) -> None:
        disable_created_metrics()  # when each figure began to be counted is of no use to anybody
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._commands = Counter(
            "hello_circle_commands",
            "Commands by name and what came of them.",
            ("command", "outcome"),
            registry=registry,
        )
        self._first = _seconds(
            "first_answer", "Until a person saw that the bot heard them.", "platform", PATIENT, registry
        )
        self._final = _seconds("final_answer", "Until a person had their whole answer.", "platform", PATIENT, registry)
        self._wait = _seconds(
            "store_wait", "Until the store had read, or had kept what was written.", "kind", QUICK, registry
        )
        self._together = Histogram(
            "hello_circle_writes_per_commit", "Writes in one transaction.", buckets=TOGETHER, registry=registry
        )
        self._posts = Counter(
            "hello_circle_posts",
            "Weekly posts, such as digests, and what came of them.",
            ("kind", "outcome"),
            registry=registry,
        )
        self._reconnects = Counter(
            "hello_circle_socket_reconnects", "Connections made anew.", ("platform",), registry=registry
        )
        self.ready = _now("ready", "Whether a part is well: 1 or 0.", registry, "check")
        self.round_age = _now("round_age_seconds", "Since the weekly round gave a sign of life.", registry)
        self.notices = _now("notices_waiting", "Private messages that are still to be sent.", registry)
        self.backup_age = _now("backup_age_seconds", "Since the newest backup was made; +Inf without one.", registry)
        self.info = _now("info", "The version of the program and of its schema.", registry, "version", "schema")

    def answered(self, command: str, outcome: str) -> None:
        """Count a command; what is none of ours has no name."""
        self._commands.labels(command or "none", outcome).inc()

    def waited(self, kind: str, seconds: float) -> None:
        """Count a wait for the store."""
        self._wait.labels(kind).observe(seconds)

    def committed(self, writes: int) -> None:
        """Count a transaction."""
        self._together.observe(writes)

    def posted(self, kind: str, outcome: str) -> None:
        """Count a try to post."""
        self._posts.labels(kind, outcome).inc()

    def first_answer(self, platform: str, seconds: float) -> None:
        """Count a first answer."""
        self._first.labels(platform).observe(seconds)

    def final_answer(self, platform: str, seconds: float) -> None:
        """Count a whole answer."""
        self._final.labels(platform).observe(seconds)

    def reconnected(self, platform: str) -> None:
        """Count a connection."""
        self._reconnects.labels(platform).inc()

    def written(self) -> bytes:
        """Write everything as Prometheus reads it."""
        return generate_latest(self.registry)


def _seconds(name: str, what: str, label: str, buckets: tuple[float, ...], registry: CollectorRegistry) -> Histogram:
    return Histogram(f"hello_circle_{name}_seconds", what, (label,), buckets=buckets, registry=registry)


def _now(name: str, what: str, registry: CollectorRegistry, *labels: str) -> Gauge:
    return Gauge(f"hello_circle_{name}", what, labels, registry=registry)
