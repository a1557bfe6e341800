"""Tests of a Python program against a simulated Bitize, with the standard library.

Start one in another terminal: chaveiro simulate bitize --port 8080
"""

import json
import os
import unittest
import urllib.error
import urllib.request

BITIZE = os.environ.get("BITIZE_URL", "http://127.0.0.1:8080")
ADMIN = BITIZE + "/__simulator"
KEYS = {"consumer_key": os.environ["BITIZE_CONSUMER_KEY"], "secret_key": os.environ["BITIZE_SECRET_KEY"]}
DAY_MS = 86_400_000


def call(method, url, body=None, token=None):
    """Sends JSON, and returns the status and the JSON that came back."""
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = "Bearer " + token
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            text = response.read()
            return response.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        text = error.read()
        return error.code, json.loads(text) if text else None


class Client:
    """The program that is tested: it gets a token, and another one where the API refuses it."""

    def __init__(self):
        self.token = None

    def vendors(self):
        if self.token is None:
            self.sign_in()
        status, body = call("GET", BITIZE + "/vendors", token=self.token)
        if status == 401:
            self.sign_in()
            status, body = call("GET", BITIZE + "/vendors", token=self.token)
        return status, body

    def sign_in(self):
        _, body = call("POST", BITIZE + "/auth", KEYS)
        self.token = body["access_token"]


class ClientTest(unittest.TestCase):
    def setUp(self):
        call("POST", ADMIN + "/reset")

    def received(self, operation):
        _, body = call("GET", ADMIN + "/requests?provider=bitize&operation=" + operation)
        return body["requests"]

    def test_gets_a_new_token_after_a_day(self):
        client = Client()
        self.assertEqual(client.vendors()[0], 200)
        call("POST", ADMIN + "/clock/advance", {"ms": DAY_MS})
        self.assertEqual(client.vendors()[0], 200)
        self.assertEqual(len(self.received("authenticate")), 2)

    def test_passes_on_what_the_api_answers(self):
        fault = {"kind": "status", "status": 503, "operation": "listVendors"}
        call("POST", ADMIN + "/faults", {"provider": "bitize", "fault": fault})
        self.assertEqual(Client().vendors()[0], 503)
        self.assertEqual(call("GET", ADMIN + "/faults")[1], {"faults": []})

    def test_sends_what_is_expected_and_no_secret_in_an_address(self):
        expected = {"provider": "bitize", "request": {"operation": "listVendors", "status": 200}, "atMost": 1, "atLeast": 1}
        call("POST", ADMIN + "/expectations", expected)
        Client().vendors()
        _, body = call("GET", ADMIN + "/expectations")
        self.assertTrue(body["allMet"], body)
        self.assertEqual([one["exposed"] for one in self.received("listVendors")], [[]])


if __name__ == "__main__":
    unittest.main()
