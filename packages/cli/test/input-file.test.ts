import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { readBody } from '../src/files/read-body.ts'
import { readStoredText } from '../src/files/read-file.ts'
import { readStoreUrl } from '../src/files/read-store-url.ts'
import { loadTexts, type Texts } from '../src/messages/texts.ts'
import { readInputFile } from '../src/providers/input-file.ts'
import { sessionWith } from './support/reading-session.ts'

const FACTS = {
  username: { description: 'A name.', env: 'ACME_USERNAME' },
  password: { description: 'A secret.', env: 'ACME_PASSWORD', secret: true },
}
const MARK = '\uFEFF'
let texts: Texts

beforeAll(async () => {
  texts = await loadTexts('en')
})

it.each([
  ['JSON with a byte order mark', `${MARK}{"username":"a","password":"b"}`],
  ['lines with a byte order mark', `${MARK}ACME_USERNAME=a\r\nexport ACME_PASSWORD="b" # why\r\n`],
  ['lines with comments', "# of ACME\nusername = a\n\npassword='b'\n"],
])('reads %s', async (_, content) => {
  expect(await read(content)).toEqual({ username: 'a', password: 'b' })
})

it('takes null and an empty text for no value, and a number as it is written', async () => {
  expect(await read('{"username": null, "password": 12345678901234567890}')).toEqual({
    password: '12345678901234567890',
  })
  expect(await read('username=\npassword=1.10')).toEqual({ password: '1.10' })
})

it.each(['true', '["canary"]', '{"x":"canary"}'])('refuses %s as a value, and names the key', async (value) => {
  await expect(read(`{"username":"a","password":${value}}`)).rejects.toMatchObject({
    exit: 2,
    message: '"password" in stdin must be text or a number. Put its value in quotes.',
  })
})

it.each([
  ['UTF-16 with a mark', Buffer.from(`${MARK}username=canary`, 'utf16le'), /^stdin is UTF-16\. Save it as UTF-8\.$/],
  ['UTF-16, big end first', swapped(`${MARK}username=canary`), /^stdin is UTF-16\. Save it as UTF-8\.$/],
  ['UTF-16 without a mark', Buffer.from('{"username":"canary"}', 'utf16le'), /^stdin is UTF-16\. /],
  ['UTF-16 without a mark, big end first', swapped('username=canary'), /^stdin is UTF-16\. /],
  ['UTF-32', Buffer.from('fffe000061000000', 'hex'), /^stdin is UTF-32\. /],
  ['Latin-1', Buffer.from('password=canário', 'latin1'), /^stdin isn't UTF-8 text\. Save it as UTF-8\.$/],
  ['zeros', Buffer.from('password=canary\0'), /^stdin isn't UTF-8 text\./],
  ['nothing', '', /^stdin has no inputs in it\./],
  ['a mark only', MARK, /^stdin has no inputs in it\./],
  ['comments only', '# canary\n', /^stdin has no inputs in it\./],
  ['an empty object', '{}', /^stdin has no inputs in it\./],
  ['a list', '["canary"]', /^stdin must be a JSON object/],
  ['half a document', '{"password":"canary', /^stdin looks like JSON but can't be parsed\.$/],
  ['a line without a name', 'username=a\ncanary', /^Line 2 of stdin isn't NAME=value\./],
  ['a quote that stays open', 'username="canary\n', /^The quote opened in line 1 of stdin isn't closed\.$/],
  ['a secret alone', 'Y2FuYXJ5==', /^stdin has a line that doesn't start with the name of an input\./],
  ['a key twice', '{"username":"canary","username":"b"}', /^stdin contains "username" twice\./],
  ['a key by both its names', 'username=canary\nACME_USERNAME=b', /^stdin contains "ACME_USERNAME" twice\./],
  ['an unknown key', 'usrname=canary', /^Unknown input "usrname" in the file\. Did you mean username\? Available: /],
  ['a key like none', '{"x":"canary"}', /^Unknown input "x" in the file\. Available: username, password\.$/],
  ['too much', 'x'.repeat(1_100_000), /^stdin is larger than 1 MiB/],
])('says what is wrong with %s, without quoting it', async (_, content, sentence) => {
  const error: unknown = await read(content).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ exit: 2, message: expect.stringMatching(sentence) })
  expect(String(error)).not.toMatch(/canary|canário|Y2FuYXJ5/)
})

it.each([
  ['a folder', '.', /^\. is a folder\. Pass the path of a file\.$/],
  ['a path that is not there', '/nowhere', /^Can't read \/nowhere \(ENOENT\)\.$/],
  ['a device without an end', '/dev/zero', /^\/dev\/zero is larger than 1 MiB/],
])('says what is wrong with %s', async (_, path, sentence) => {
  const session = await sessionWith('')
  await expect(readInputFile(session, path, FACTS)).rejects.toMatchObject({
    exit: 2,
    message: expect.stringMatching(sentence),
  })
})

it('reads a key file in the same way, and calls what is wrong with it a matter of storage', async () => {
  const session = await sessionWith('')
  const path = join(session.folder, 'key')
  writeFileSync(path, `${MARK}key\r\n`)
  expect(await readStoredText(path, texts)).toBe('key\r\n')
  writeFileSync(path, Buffer.from(`${MARK}key`, 'utf16le'))
  await expect(readStoredText(path, texts)).rejects.toMatchObject({
    code: 'store',
    message: `${path} is UTF-16. Save it as UTF-8.`,
  })
  mkdirSync(join(session.folder, 'd'))
  await expect(readStoredText(join(session.folder, 'd'), texts)).rejects.toMatchObject({ code: 'store' })
})

it.each([
  `${MARK}redis://u:p@h/0?a=b\r\n`,
  '# work\nredis://u:p@h/0?a=b',
  'export CHAVEIRO_STORE_URL="redis://u:p@h/0?a=b"\n',
])('reads the URL of a store from %j', async (content) => {
  expect(await readStoreUrl(await sessionWith(content), '-', 'CHAVEIRO_STORE_URL')).toBe('redis://u:p@h/0?a=b')
})

it.each(['', 'redis://canary\nredis://b', 'OTHER=redis://canary', 'canary'])(
  'refuses %j, which does not hold one URL',
  async (content) => {
    const reading = readStoreUrl(await sessionWith(content), '-', 'CHAVEIRO_STORE_URL')
    await expect(reading).rejects.toMatchObject({
      exit: 2,
      message: "stdin must contain one line with the store's URL.",
    })
  },
)

it.each(['@-', '@file'])('sends JSON from %s without its byte order mark', async (data) => {
  const session = await sessionWith(`${MARK}{"a":"ã"}`)
  expect(await bodyText(await readBody(session, named(session, data), 'application/json'))).toBe('{"a":"ã"}')
})

it.each(['@-', '@file'])('sends bytes of another type from %s as they are', async (data) => {
  const bytes = Buffer.from(`${MARK}a`, 'utf16le')
  const session = await sessionWith(bytes)
  const body = await new Response(await readBody(session, named(session, data), 'text/csv')).arrayBuffer()
  expect(Buffer.from(body)).toEqual(bytes)
})

it.each(['@-', '@file'])('refuses UTF-16 as JSON from %s before anything is sent', async (data) => {
  const session = await sessionWith(Buffer.from('{"a":"canary"}', 'utf16le'))
  const reading = readBody(session, named(session, data), 'application/vnd.acme+json; charset=utf-8')
  await expect(reading).rejects.toMatchObject({ exit: 2, message: expect.stringMatching(/ is UTF-16\. Save it/) })
})

async function read(content: string | Buffer): Promise<unknown> {
  return readInputFile(await sessionWith(content), '-', FACTS)
}

function named(session: { folder: string }, data: string): string {
  return data === '@file' ? `@${join(session.folder, 'stdin')}` : data
}

function bodyText(body: string | Uint8Array<ArrayBuffer> | ReadableStream): Promise<string> {
  return new Response(body).text()
}

function swapped(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}
