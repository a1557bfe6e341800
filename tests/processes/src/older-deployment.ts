/*
A cron job as people have it today (docs/migration/bling.md): without Chaveiro. It reads a pair from its table, which is
a file here, refreshes, and writes what it got. Exit code 1: Bling refused the refresh token.
*/
import { readFileSync, writeFileSync } from 'node:fs'

const [table = '', tokenUrl = ''] = process.argv.slice(2)
const { BLING_CLIENT_ID = '', BLING_CLIENT_SECRET = '' } = process.env

const { refresh_token } = JSON.parse(readFileSync(table, 'utf8'))
const response = await fetch(tokenUrl, {
  method: 'POST',
  headers: { authorization: `Basic ${btoa(`${BLING_CLIENT_ID}:${BLING_CLIENT_SECRET}`)}`, 'enable-jwt': '1' },
  body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
})
if (response.ok) writeFileSync(table, await response.text())
else process.exitCode = 1
