"""Random ids: 128 bits, never counted, so that nobody can guess another's."""

import secrets


def new_id() -> str:
    """Make an id of 22 characters."""
    return secrets.token_urlsafe(16)
