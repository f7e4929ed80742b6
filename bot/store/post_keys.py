"""The key by which a platform, or a look-up on it, knows a post."""

import base64
import hashlib

KEY_LETTERS = 25
"""Discord takes a nonce of at most this many characters."""


def key_of(community: str, kind: str, period: str) -> str:
    """Make the key of a post: always the same for the same post."""
    digest = hashlib.sha256(f"{community}|{kind}|{period}".encode()).digest()
    return base64.b32encode(digest).decode()[:KEY_LETTERS]
