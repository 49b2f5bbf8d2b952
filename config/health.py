"""Is the server of this container well? Exit status 0 or 1, for the health check in the Dockerfile.

Without Django, since it runs twice a minute. It asks under the site's own name, which is the only one that is answered.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def is_healthy(port: int = 8000) -> bool:
    """Whether /healthz says so within four seconds."""
    address = urlsplit(os.environ.get("LANYARD_URL") or "http://localhost")
    name = address.netloc if address.netloc.isascii() else (address.hostname or "").encode("idna").decode()
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=4)
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


if __name__ == "__main__":
    sys.exit(not is_healthy())
