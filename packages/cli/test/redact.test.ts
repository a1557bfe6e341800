import { expect, it } from 'vitest'
import { redactor } from '../src/request/redact.ts'

const TOKEN = 'SFMyNTY.g3QAAAAC/dA+Fk_z-41~x=='
const PASSWORD = 'pä ss"w%rd/?'

it.each([
  ['as it is', TOKEN],
  ['in capitals', TOKEN.toUpperCase()],
  ['percent-encoded', encodeURIComponent(TOKEN)],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(PASSWORD))],
  ['percent-encoded in small letters', encodeURIComponent(PASSWORD).toLowerCase()],
  ['form-encoded', new URLSearchParams({ a: PASSWORD }).toString().slice(2)],
  ['escaped in JSON', JSON.stringify({ a: PASSWORD })],
  ['in base64', Buffer.from(TOKEN).toString('base64')],
  ['in base64url, behind a user name', Buffer.from(`user:${PASSWORD}`).toString('base64url')],
  ['in base64 behind two bytes', Buffer.from(`::${TOKEN}`).toString('base64')],
  ['in hexadecimal', Buffer.from(TOKEN).toString('hex')],
  ['cut off', TOKEN.slice(0, 12)],
  ['split', `x-a: ${TOKEN.slice(0, 15)}\nx-b: ${TOKEN.slice(15)}`],
])('hides a secret %s', (_, text) => {
  const shown = redactor([TOKEN, PASSWORD])(`x-echo: Bearer ${text}; rest`)
  expect(shown).toMatch(/^x-echo: Bearer .*\[redacted\].*; rest$/s)
  for (const form of [text, TOKEN, PASSWORD]) expect(shown).not.toContain(form.slice(0, 8))
})

it('hides a short secret where it is a word, and not within others', () => {
  expect(redactor(['abc'])('x: abc, "abc" abcd')).toBe('x: [redacted], "[redacted]" abcd')
  expect(redactor(['pass1'])('x: pass1234')).toBe('x: [redacted]234')
})

it('leaves everything else as it is', () => {
  const text = '< 200 OK\n< content-type: application/json; charset=utf-8\n< x-empty:'
  expect(redactor([TOKEN, PASSWORD, ''])(text)).toBe(text)
  expect(redactor([])(text)).toBe(text)
})
