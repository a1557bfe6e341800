"""What a coding agent or a notebook gets: a base URL and a key for the proxy. It works without anything else, and there
is nothing else to leak. The key below may read vendors; everything else is refused before it leaves the machine."""
import json
import os
import urllib.error
import urllib.request

BASE_URL = os.environ["BASE_URL"]  # http://127.0.0.1:…/v1/proxy/bitize/default
API_KEY = os.environ["API_KEY"]


def call(method, path, body=None):
    request = urllib.request.Request(
        BASE_URL + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {API_KEY}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


status, answer = call("GET", "/vendors")
print("GET /vendors:", status)
status, answer = call("POST", "/vendors", {"name": "Mallory"})
print("POST /vendors:", status, answer["code"])
status, answer = call("POST", "/auth", {})
print("POST /auth:", status, answer["code"])
