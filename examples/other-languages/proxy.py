"""Lists the vendors of a Bitize account. This program never sees a token: the proxy puts it on."""
import json
import os
import urllib.error
import urllib.request

request = urllib.request.Request(
    os.environ["CHAVEIRO_URL"] + "/v1/proxy/bitize/default/vendors",
    headers={"Authorization": "Bearer " + os.environ["CHAVEIRO_KEY"]},
)
try:
    with urllib.request.urlopen(request, timeout=60) as response:
        print(len(json.load(response)["data"]), "vendors")
except urllib.error.HTTPError as error:
    problem = json.load(error)
    raise SystemExit(f"{problem['code']}: {problem['detail']}")
