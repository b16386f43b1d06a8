"""A person at a real browser's place who only follows forms: for acting in a process that is served."""

import http.client
import re
from urllib.parse import urlencode, urlsplit


class Acting:
    """Asks pages of a served process with the cookies of one session."""

    def __init__(self, address: str, cookie: str) -> None:
        self.address, self.cookie = address, cookie

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def post(self, path: str, *, form_at: str, **fields: str) -> int:
        """Send a form with the token of the page at `form_at`."""
        _status, page = self.get(form_at)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token is not None, page[:500]
        return self._ask("POST", path, urlencode({**fields, "csrf_token": token[1]}))[0]

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        where = urlsplit(self.address)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
        headers = {"Cookie": self.cookie, "Accept-Language": "it", "Referer": self.address + path}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=body or None, headers=headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            if cookie.startswith("session="):
                self.cookie = cookie.partition(";")[0]
        connection.close()
        return answer.status, page
