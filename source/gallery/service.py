"""A service that greets, for the gallery's listings."""

from http.server import BaseHTTPRequestHandler, HTTPServer


# deckgen: begin handler
class Greeting(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"Hello from a container\n")


# deckgen: end handler
HTTPServer(("", 8000), Greeting).serve_forever()
