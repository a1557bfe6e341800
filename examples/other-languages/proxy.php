<?php
// Lists the vendors of a Bitize account. This program never sees a token: the proxy puts it on.
$context = stream_context_create(['http' => [
    'header' => 'Authorization: Bearer ' . getenv('CHAVEIRO_KEY'),
    'ignore_errors' => true, // also read the body of an error
    'timeout' => 60,
]]);
$body = file_get_contents(getenv('CHAVEIRO_URL') . '/v1/proxy/bitize/default/vendors', false, $context);
$answer = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
if (isset($answer['code'])) {
    fwrite(STDERR, "{$answer['code']}: {$answer['detail']}\n");
    exit(1);
}
echo count($answer['data']), " vendors\n";
