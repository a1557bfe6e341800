#!/bin/sh
# Lists the vendors of a Bitize account. This program never sees a token: the proxy puts it on.
curl --fail-with-body --silent --show-error \
  --header "Authorization: Bearer $CHAVEIRO_KEY" \
  "$CHAVEIRO_URL/v1/proxy/bitize/default/vendors"
