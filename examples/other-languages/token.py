"""Gets a token and makes its own request with it: for programs that can't send requests through the proxy."""
import json
import os
import urllib.error
import urllib.request


def get(url, headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise SystemExit(error.read().decode())


key = {"Authorization": "Bearer " + os.environ["CHAVEIRO_TOKEN_KEY"]}
token = get(os.environ["CHAVEIRO_URL"] + "/v1/tokens/bitize/default?min_validity=1m", key)
# `headers` is all that a request must carry: some providers need more than the token.
vendors = get(os.environ["BITIZE_URL"] + "/vendors", token["headers"])
print(len(vendors["data"]), "vendors")
