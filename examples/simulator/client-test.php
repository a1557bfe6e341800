<?php
// Tests of a PHP program against a simulated Bitize, without a package.
//
// Start one in another terminal: chaveiro simulate bitize --port 8080

declare(strict_types=1);

$bitize = getenv('BITIZE_URL') ?: 'http://127.0.0.1:8080';
$admin = $bitize . '/__simulator';

/** Sends JSON, and returns the status and the JSON that came back. */
function call(string $method, string $url, ?array $body = null, ?string $token = null): array
{
    $headers = ['Content-Type: application/json'];
    if ($token !== null) {
        $headers[] = 'Authorization: Bearer ' . $token;
    }
    $options = ['method' => $method, 'header' => $headers, 'ignore_errors' => true, 'timeout' => 30];
    if ($body !== null) {
        $options['content'] = json_encode($body);
    }
    $text = file_get_contents($url, false, stream_context_create(['http' => $options]));
    $status = (int) explode(' ', $http_response_header[0])[1];
    return [$status, json_decode((string) $text, true)];
}

/** The program that is tested: it keeps a token, and gets another one where the API refuses it. */
function vendors(string $bitize, ?string &$token): int
{
    for ($attempt = 1; $attempt <= 2; $attempt++) {
        if ($token === null) {
            $keys = ['consumer_key' => getenv('BITIZE_CONSUMER_KEY'), 'secret_key' => getenv('BITIZE_SECRET_KEY')];
            $token = call('POST', $bitize . '/auth', $keys)[1]['access_token'];
        }
        $status = call('GET', $bitize . '/vendors', null, $token)[0];
        if ($status !== 401) {
            return $status;
        }
        $token = null;
    }
    return $status;
}

function expect(bool $is, string $what): void
{
    echo $is ? "ok: $what\n" : "not ok: $what\n";
    if (!$is) {
        exit(1);
    }
}

call('POST', $admin . '/reset');
$token = null;
expect(vendors($bitize, $token) === 200, 'reads vendors');

call('POST', $admin . '/tokens/revoke', ['provider' => 'bitize']);
expect(vendors($bitize, $token) === 200, 'gets a new token where the old one was revoked');

$fault = ['kind' => 'status', 'status' => 429, 'retryAfter' => 2, 'operation' => 'listVendors'];
call('POST', $admin . '/faults', ['provider' => 'bitize', 'fault' => $fault]);
expect(vendors($bitize, $token) === 429, 'passes on that it was too fast');

[, $journal] = call('GET', $admin . '/requests?provider=bitize');
$operations = array_column($journal['requests'], 'operation');
expect(array_count_values($operations) === ['authenticate' => 2, 'listVendors' => 4], 'sends no request too many');
