"""files.*: the upload in three steps, and posting without the old way."""

from typing import Any

from aiohttp import web

from tests.support.slack.api.chat import writable
from tests.support.slack.calls import Call, Refused, Token, method
from tests.support.slack.workspace import BOT_USER, File, Workspace


@method("files.getUploadURLExternal", "filename length alt_txt snippet_type", scope="files:write")
def get_upload_url(call: Call) -> dict[str, Any]:
    workspace = call.slack.workspace
    length = int(call.need("length"))
    if length <= 0:
        raise Refused("invalid_arguments", ["length must be more than 0"])
    file = File(workspace.number("F"), call.need("filename"), length, call.args.get("alt_txt") or "")
    if len(file.alt_text) > 1000:
        raise Refused("alt_txt_too_large")
    workspace.files[file.id] = file
    return {"upload_url": f"{call.slack.base}/upload/v1/{file.id}", "file_id": file.id}


async def uploaded(request: web.Request, workspace: Workspace) -> web.Response:
    """Take the bytes of a file; they must be as many as was said."""
    file = workspace.files.get(request.match_info["file"])
    if file is None or file.content is not None:
        return web.Response(status=404, text="no such upload")
    if request.content_type == "multipart/form-data":
        part = next(iter((await request.post()).values()))
        content = part.file.read() if isinstance(part, web.FileField) else str(part).encode()
    else:
        content = await request.read()
    if len(content) != file.length:
        return web.Response(status=400, text=f"{len(content)} bytes came, {file.length} were announced")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


def downloaded(request: web.Request, workspace: Workspace, tokens: dict[str, Token]) -> web.Response:
    """Give the bytes of a file to a token that may read it; Slack sends everybody else to its page to sign in."""
    token = tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
    file = workspace.files.get(request.match_info["file"])
    if token is None or "files:read" not in token.scopes or file is None or file.content is None:
        return web.Response(status=302, headers={"Location": "https://slack.com/signin"})
    return web.Response(body=file.content)


@method(
    "files.completeUploadExternal", "files channel_id channels initial_comment thread_ts blocks", scope="files:write"
)
def complete(call: Call) -> dict[str, Any]:
    workspace = call.slack.workspace
    entries = call.need("files")
    files = []
    for entry in entries:
        file = workspace.files.get(entry.get("id"))
        if file is None or file.content is None or file.complete:
            raise Refused("file_not_found")
        file.title = entry.get("title", file.name)
        files.append(file)
    for file in files:
        file.complete = True
    where = call.args.get("channel_id") or call.args.get("channels")
    if where:
        for id_ in str(where).split(","):
            channel = writable(call, id_)
            payload = {"text": call.args.get("initial_comment") or "", "blocks": call.args.get("blocks") or []}
            if call.args.get("thread_ts"):
                payload["thread_ts"] = call.args["thread_ts"]
            message = workspace.add_message(channel.id, BOT_USER, payload, call.method)
            message.files = files
    return {"files": [{"id": file.id, "title": file.title} for file in files]}
