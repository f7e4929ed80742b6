"""auth.test, users.info and apps.connections.open."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.slack.calls import Call, Refused, method
from tests.support.slack.workspace import APP, BOT, BOT_USER, User


@method("auth.test", kind="any")
def auth_test(call: Call) -> dict[str, Any]:
    if call.token.kind == "app":
        return {
            "url": "https://circle.slack.com/",
            "team": "Newcomers",
            "team_id": call.slack.workspace.team,
            "app_id": call.slack.other_app or APP,
            "app_name": "Hello Circle",
        }
    return {
        "url": "https://circle.slack.com/",
        "team": "Newcomers",
        "user": "circle",
        "team_id": call.slack.workspace.team,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


@method("bots.info", "bot team_id", scope="users:read")
def bots_info(call: Call) -> dict[str, Any]:
    if call.need("bot") != BOT:
        raise Refused("bot_not_found")
    about = {"id": BOT, "deleted": False, "name": "Hello Circle", "user_id": BOT_USER, "app_id": APP}
    return {"bot": {**about, "updated": 0, "icons": {}}}


@method("apps.connections.open", scope="connections:write", kind="app")
def connections_open(call: Call) -> dict[str, Any]:
    return {"url": call.slack.sockets.ticket()}


@method("users.info", "user include_locale", scope="users:read")
def users_info(call: Call) -> dict[str, Any]:
    user = call.slack.workspace.users.get(call.need("user"))
    if user is None:
        raise Refused("user_not_found")
    about = described(user, call.slack.workspace.team, call.slack.workspace.clock.now())
    if call.flag("include_locale"):
        about["locale"] = user.locale
    return {"user": about}


def described(user: User, team: str, now: datetime) -> dict[str, Any]:
    local = now.astimezone(ZoneInfo(user.tz))
    offset = local.utcoffset()
    return {
        "id": user.id,
        "team_id": user.team or team,
        **({"enterprise_user": {"id": user.id, "enterprise_id": user.organisation}} if user.organisation else {}),
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": local.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {"real_name": user.real_name, "display_name": user.name},
        "is_admin": user.admin or user.owner,
        "is_owner": user.owner,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": user.id == BOT_USER,
        "is_app_user": False,
        "updated": int(now.timestamp()),
    }
