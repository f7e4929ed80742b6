"""The unit for a machine that is set up by hand, from the same lines as the one that set-up writes."""

from adapters.operator.setup.unit import HARDENED, OF_THE_MACHINE, STARTING, written


def packaged() -> str:
    """Write the unit for a machine that is set up by hand: `deploy/hello-circle.service`, a generated file."""
    head = (
        "# For a machine with systemd: the project in /opt/hello-circle, its settings in /etc/hello-circle.env (mode 0600),\n"
        "# its data in /var/lib/hello-circle. docs/operators/systemd.md shows each step. Generated: make generated.\n"
    )
    lines = [
        "Type=exec",
        "ExecStart=/opt/hello-circle/.venv/bin/hello-circle run",
        "WorkingDirectory=/var/lib/hello-circle",
        "EnvironmentFile=/etc/hello-circle.env",
        "Environment=DATABASE_URL=sqlite+aiosqlite:////var/lib/hello-circle/hello-circle.db",
        "StateDirectory=hello-circle",
        "StateDirectoryMode=0700",
        "DynamicUser=yes",
        *STARTING,
        *HARDENED,
        *OF_THE_MACHINE,
        "ProtectHome=yes",
    ]
    return written(head, lines, "multi-user.target")
