"""HTTP around the desk, for the browser of the person at this machine and nobody else.

Bound to 127.0.0.1 on a port nobody knows before, with a token in every address. Refused and logged: another Host (a
name that was rebound to this machine), a request that another site sent (Origin, Sec-Fetch-Site), a wrong token, a body
over 64 KiB, anything but GET and POST. A page holds no script but its own files (Content-Security-Policy), and nothing
is ever fetched from elsewhere. Nothing that a browser sends is used as a path.
"""

import asyncio
import json
import logging
import secrets
import socket
from collections.abc import Mapping
from importlib import resources

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edition.errors import EditionError, UsageError
from edition.review.desk import Desk
from edition.review.refusal import Refusal
from edition.review.view import Json

HOST = "127.0.0.1"
MOST = 64 * 1024  # bytes of a request's body
log = logging.getLogger("edition.review")
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def token() -> str:
    """A new one: 256 bits."""
    return secrets.token_urlsafe(32)


def bind(port: int = 0) -> socket.socket:
    """A listening socket on this machine only; 0 is any free port. Raises UsageError."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HOST, port))
        sock.listen(64)
    except OSError as error:
        sock.close()
        raise UsageError(
            f"port {port} cannot be used: {(error.strerror or str(error)).lower()}",
            remedy="leave --port out, or name another",
        ) from None
    return sock


def serve(desk: Desk, sock: socket.socket, secret: str) -> None:
    """Answer until the process is told to stop."""
    config = uvicorn.Config(
        application(desk, sock.getsockname()[1], secret),
        log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none", timeout_graceful_shutdown=2,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[sock])


def application(desk: Desk, port: int, secret: str) -> ASGIApp:
    """The web application of a desk that is reached at a port of this machine, with a token."""
    site = _site()

    async def file(request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in site:
            raise Refusal("没有这个文件", f"no file {name!r}", 404)
        return Response(site[name], media_type=_TYPES["." + name.rpartition(".")[2]])

    async def overview(request: Request) -> Response:
        return JSONResponse(await asyncio.to_thread(desk.overview))

    async def page(request: Request) -> Response:
        return JSONResponse(await asyncio.to_thread(desk.page, request.path_params["number"]))

    async def scan(request: Request) -> Response:
        data, media_type = await asyncio.to_thread(desk.scan, request.path_params["number"])
        return Response(data, media_type=media_type)

    async def change(request: Request) -> Response:
        asked = await _asked(request)
        return JSONResponse(await asyncio.to_thread(_change, desk, request.path_params["number"], asked))

    routes = [
        Route("/", file),
        Route("/site/{name}", file),
        Route("/api/edition", overview),
        Route("/api/page/{number:int}", page, methods=["GET"]),
        Route("/api/page/{number:int}", change, methods=["POST"]),
        Route("/api/page/{number:int}/scan", scan),
    ]
    handlers = {Refusal: _refused, EditionError: _unusable}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), port, secret)


def _site() -> Mapping[str, bytes]:
    """The files of the web page, by name, and the stylesheets of the printed text."""
    folder = resources.files("edition.review").joinpath("site")
    site = {path.name: path.read_bytes() for path in folder.iterdir() if "." + path.name.rpartition(".")[2] in _TYPES}
    css = resources.files("edition.render").joinpath("css")
    return site | {f"printed-{name}.css": css.joinpath(f"{name}.css").read_bytes() for name in ("common", "epub")}


async def _asked(request: Request) -> Mapping[str, object]:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise Refusal("不是 JSON", "the body must be application/json", 415)
    try:
        asked = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refusal("不是 JSON", "the body is no JSON", 400) from None
    if not isinstance(asked, dict):
        raise Refusal("不是 JSON 对象", "the body is no JSON object", 400)
    return asked


def _change(desk: Desk, number: int, asked: Mapping[str, object]) -> Json:
    """Acts, or a step back or forth. Raises Refusal."""
    version, who, acts = str(asked.get("version", "")), str(asked.get("who") or desk.who), asked.get("acts")
    match asked.get("do"):
        case "undo" | "redo" as step:
            return desk.undo(number, version, who.strip(), again=step == "redo")
        case "act" | "names" as verb if isinstance(acts, list) and acts and all(isinstance(one, dict) for one in acts):
            if not who.strip() or len(who) > 100:
                raise Refusal("请先写上您的名字", "say first who you are", 400)
            return (desk.act if verb == "act" else desk.name)(number, version, acts, who.strip())
    raise Refusal("没有这种操作", "there is no such act", 400)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    log.warning("refused: %s", error.en)
    return JSONResponse({"zh": error.zh, "en": error.en}, error.status)


async def _unusable(request: Request, error: Exception) -> Response:
    log.warning("cannot be used: %s", error)
    return JSONResponse({"zh": f"不能使用：{error}", "en": str(error)}, 422)


# ---- who may ask


class Guard:
    """Lets through only what the desk's own page can have sent, and puts the headers of safety on every answer."""

    def __init__(self, app: ASGIApp, port: int, secret: str) -> None:
        self.app = app
        self.hosts = {f"{HOST}:{port}", f"localhost:{port}"}
        self.origins = {f"http://{host}" for host in self.hosts}
        self.secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        wrong = self.wrong(scope, headers)
        body = b"" if wrong else await _body(headers, receive)
        if wrong is None and body is None:
            wrong = (413, "the body is too large")
        if wrong:
            log.warning("refused: %s (%s)", wrong[1], scope["method"])
            answer = JSONResponse({"zh": "拒绝", "en": wrong[1]}, wrong[0], headers={"Connection": "close"})
            await answer(scope, receive, _with_headers(send))
            return
        path = scope["path"][len(self.secret) + 1 :] or "/"
        inner = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(inner, _replay(body or b""), _with_headers(send))

    def wrong(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """The status and the reason of a refusal; None for what may pass."""
        if headers.get("host") not in self.hosts:
            return 421, "a foreign Host"
        if scope["method"] not in ("GET", "POST"):
            return 405, "a method that is not used"
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if (origin and origin not in self.origins) or (site and site not in ("same-origin", "none")):
            return 403, "a request from another site"
        if scope["method"] == "POST" and not origin:
            return 403, "a change without an Origin"
        given = str(scope["path"]).split("/")[1]
        if not secrets.compare_digest(given.encode(), self.secret.encode()):
            return 404, "no token, or a wrong one"
        return None


async def _body(headers: Headers, receive: Receive) -> bytes | None:
    """The whole body; None if it is too large."""
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MOST:
        return None
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > MOST or message["type"] == "http.disconnect":
            return None
        if not message.get("more_body"):
            return body


def _replay(body: bytes) -> Receive:
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _with_headers(send: Send) -> Send:
    extra = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sending
