"""A call of the Web API: its arguments as Slack reads them, who may call it, and the table of methods."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from tests.support.slack.server import Slack

JSON_ARGUMENTS = ("blocks", "attachments", "metadata", "view", "files")
ALWAYS_TAKEN = {"token", "team_id"}


class Refused(Exception):
    """Slack's own `ok: false`."""

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more
        self.messages = messages or []

    def answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            answer["errors"] = self.messages
            answer["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return answer


@dataclass
class Token:
    """A token and what it is allowed to do."""

    value: str
    kind: str
    scopes: set[str] = field(default_factory=set)
    ended: str | None = None
    """Why it is good for nothing any more: `token_revoked`, `account_inactive`."""


@dataclass
class Call:
    """One call of a method."""

    slack: "Slack"
    method: str
    args: dict[str, Any]
    token: Token

    def need(self, name: str) -> Any:
        """Give an argument that must be there."""
        value = self.args.get(name)
        if value in (None, ""):
            raise Refused("invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"])
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.args.get(name, default)
        return value in (True, "true", "1", 1)


Work = Callable[[Call], dict[str, Any]]


@dataclass(frozen=True)
class Method:
    name: str
    work: Work
    takes: frozenset[str]
    scope: str | None
    kind: str


METHODS: dict[str, Method] = {}


def method(name: str, takes: str = "", *, scope: str | None = None, kind: str = "bot") -> Callable[[Work], Work]:
    """Declare a method of the Web API: the arguments it knows, the scope and the kind of token it asks for."""

    def declared(work: Work) -> Work:
        METHODS[name] = Method(name, work, frozenset(takes.split()) | ALWAYS_TAKEN, scope, kind)
        return work

    return declared


async def arguments(request: web.Request) -> dict[str, Any]:
    """Read the arguments of a call from wherever Slack takes them: address, form or JSON."""
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.json()
        args |= body if isinstance(body, dict) else {}
    elif request.can_read_body:
        args |= dict(await request.post())
    for name in JSON_ARGUMENTS:
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                raise Refused(f"invalid_{name}") from None
    return args


def token_of(request: web.Request, args: dict[str, Any], tokens: dict[str, Token]) -> Token:
    secret = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token") or "")
    if not secret:
        raise Refused("not_authed")
    token = tokens.get(secret)
    if token is None:
        raise Refused("invalid_auth")
    if token.ended:
        raise Refused(token.ended)
    return token


def may_call(method_called: Method, token: Token) -> None:
    if method_called.kind not in {token.kind, "any"}:
        raise Refused("not_allowed_token_type")
    if method_called.scope is not None and method_called.scope not in token.scopes:
        raise Refused("missing_scope", needed=method_called.scope, provided=",".join(sorted(token.scopes)))
