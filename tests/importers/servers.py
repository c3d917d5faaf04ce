"""A real server on loopback that misbehaves as it is told."""

import gzip
import socket
import struct
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CSV = b"market,entity,period,share,url\npoe/a,R1,2025-02,7,https://a.org\n"


class Server:
    """What it answers by path, and what it was asked."""

    def __init__(self, port):
        self.port = port
        self.routes = {}
        self.asked = []

    def __getitem__(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def __setitem__(self, path, answer):
        """An answer is called with the handler; of a list each one once, and the last for ever."""
        self.routes[path] = list(answer) if isinstance(answer, list) else [answer]

    def paths(self):
        return [path for path, _ in self.asked]


@contextmanager
def serving():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), None)
    httpd.daemon_threads = True
    httpd.block_on_close = False
    server = Server(httpd.server_address[1])
    httpd.RequestHandlerClass = _handler(server)
    httpd.handle_error = lambda *_: None
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def _handler(server):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            server.asked.append((self.path, self.headers))
            answers = server.routes[self.path.partition("?")[0]]
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)

        def log_message(self, *_):
            pass

    return Handler


def send(body=CSV, status=200, length=True, keep_open=True, **headers):
    """Answer as told; names of headers have underscores for hyphens."""

    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if length is not False:
            handler.send_header("Content-Length", str(len(body) if length is True else length))
        if length is False or length is not True or not keep_open:
            handler.send_header("Connection", "close")
            handler.close_connection = True
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def moved(location, status=302):
    return send(b"", status, Location=location)


def raw(data):
    """Answer these bytes, then hang up."""

    def answer(handler):
        handler.wfile.write(data)
        handler.close_connection = True

    return answer


def dripping(data, pause, before=b""):
    """Send byte by byte, each in time, all of it never."""

    def answer(handler):
        handler.close_connection = True
        handler.wfile.write(before)
        for byte in data:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(pause)

    return answer


def silent(seconds, before=b""):
    def answer(handler):
        handler.close_connection = True
        handler.wfile.write(before)
        handler.wfile.flush()
        time.sleep(seconds)

    return answer


def reset(before=b""):
    """Break the connection off, as a crashed server does."""

    def answer(handler):
        handler.close_connection = True
        handler.wfile.write(before)
        handler.wfile.flush()
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        handler.rfile = handler.wfile = open("/dev/null", "r+b", buffering=0)  # noqa: SIM115

    return answer


def chunked(*pieces, end=True):
    """Send pieces with their lengths; without the end it is cut off."""

    def answer(handler):
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        if end:
            handler.wfile.write(b"0\r\n\r\n")

    return answer


def unless_known(body, etag=None, last_modified=None):
    """Answer 304 where the client has this state already."""
    headers = {name: value for name, value in (("ETag", etag), ("Last_Modified", last_modified)) if value}

    def answer(handler):
        known = (etag and handler.headers.get("If-None-Match") == etag) or (
            last_modified and handler.headers.get("If-Modified-Since") == last_modified
        )
        (send(b"", 304, **headers) if known else send(body, **headers))(handler)

    return answer


def bomb(size):
    return gzip.compress(b"0" * size, 9)
