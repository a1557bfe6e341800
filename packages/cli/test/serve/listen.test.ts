import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { expect, it, onTestFinished } from 'vitest'
import { serve as texts } from '../../src/messages/serve.en.ts'
import { readListenOptions } from '../../src/serve/door/listen-options.ts'
import { certificateFiles } from '../support/certificates.ts'
import { newFolder } from './support/folder.ts'
import { exchange, head, statusesIn } from './support/raw-connection.ts'
import { newServer } from './support/served.ts'

const { listen } = texts

it.each([
  [{}, { address: '127.0.0.1', port: 8_248 }],
  [
    { port: '0', address: '::1' },
    { address: '::1', port: 0 },
  ],
  [{ address: '127.9.9.9' }, { address: '127.9.9.9', port: 8_248 }],
  [
    { address: '0.0.0.0', insecureNetwork: true },
    { address: '0.0.0.0', port: 8_248 },
  ],
  [
    { address: '0.0.0.0', tlsCert: 'c', tlsKey: 'k' },
    { address: '0.0.0.0', port: 8_248 },
  ],
  [{ socket: '/run/x' }, { socket: '/run/x', mode: 0o600, group: undefined }],
  [
    { socket: '/run/x', socketMode: '660', socketGroup: 'web' },
    { socket: '/run/x', mode: 0o660, group: 'web' },
  ],
])('%j is a place to listen at', (options, at) => {
  expect(readListenOptions(options, texts).at).toEqual(at)
})

it.each([
  [{ address: '0.0.0.0' }, listen.network('0.0.0.0')],
  [{ address: '::' }, listen.network('::')],
  [{ address: '10.0.0.1' }, listen.network('10.0.0.1')],
  [{ address: 'example.com', insecureNetwork: true }, listen.badAddress('example.com')],
  [{ port: '65536' }, listen.badPort('65536')],
  [{ port: 'http' }, listen.badPort('http')],
  [{ tlsCert: 'c' }, listen.certAndKey],
  [{ tlsKey: 'k' }, listen.certAndKey],
  [{ host: ['a:1'] }, listen.badHost('a:1')],
  [{ host: ['http://a'] }, listen.badHost('http://a')],
  [{ maxConnections: '0' }, listen.badMaxConnections('0')],
  [{ socketMode: '0600' }, listen.onlyWithSocket],
  [{ socket: '/x', port: '1' }, listen.socketOrAddress],
  [{ socket: '/x', tlsCert: 'c', tlsKey: 'k' }, listen.socketOrAddress],
  [{ socket: '/x', socketMode: '0666' }, listen.badSocketMode('0666')],
  [{ socket: '/x', socketMode: '0601' }, listen.badSocketMode('0601')],
  [{ socket: '/x', socketMode: '4600' }, listen.badSocketMode('4600')],
])('%j is refused', (options, sentence) => {
  expect(() => readListenOptions(options, texts)).toThrow(sentence)
})

it('a port that is taken is an error that says how to choose another', async () => {
  const { server } = await newServer()
  const port = new URL(server.url).port
  await expect(newServer({ port })).rejects.toThrow(
    `Another program already uses 127.0.0.1:${port}. Stop it, or pass another --port.`,
  )
})

it('a Unix socket is for this user alone, knows `localhost` without a port, and is gone at the end', async () => {
  const path = join(newFolder(), 'serve.sock')
  const { server, keys } = await newServer({ socket: path })
  expect(lstatSync(path).mode & 0o777).toBe(0o600)
  const key = `Authorization: Bearer ${keys['all']}`
  const ask = async (host: string): Promise<readonly number[]> =>
    statusesIn(
      await exchange(`unix:${path}`, head('GET /v1/accounts HTTP/1.1', `Host: ${host}`, key, 'Connection: close')),
    )
  expect(await ask('localhost')).toEqual([200])
  for (const host of ['localhost:80', 'localhost:8248', 'evil.example']) expect(await ask(host)).toEqual([421])
  await server.stop()
  expect(existsSync(path)).toBe(false)
})

it('a Unix socket can be opened to a group, by its name or its number', async () => {
  const id = String(process.getgid?.())
  const lines = readFileSync('/etc/group', 'utf8').split('\n')
  const [name = id] = lines.find((line) => line.split(':')[2] === id)?.split(':') ?? []
  for (const socketGroup of [id, name]) {
    const path = join(newFolder(), 'serve.sock')
    await newServer({ socket: path, socketMode: '0660', socketGroup })
    expect(lstatSync(path)).toMatchObject({ gid: Number(id) })
    expect(lstatSync(path).mode & 0o777).toBe(0o660)
  }
  const other = join(newFolder(), 'serve.sock')
  await expect(newServer({ socket: other, socketGroup: 'no-such-group' })).rejects.toThrow(
    listen.unknownGroup('no-such-group'),
  )
})

it('a dead socket of ours is replaced, and nothing else', async () => {
  const folder = newFolder()
  const dead = join(folder, 'dead.sock')
  const script = `require('net').createServer().listen(${JSON.stringify(dead)}, () => process.kill(process.pid, 'SIGKILL'))`
  expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL')
  expect(lstatSync(dead).isSocket()).toBe(true)
  const { server } = await newServer({ socket: dead })
  expect(server.url).toBe(`unix:${dead}`)
  await expect(newServer({ socket: dead })).rejects.toThrow(listen.socketInUse(dead))
  const file = join(folder, 'file')
  writeFileSync(file, 'precious')
  const link = join(folder, 'link')
  symlinkSync(dead, link)
  for (const path of [file, link]) await expect(newServer({ socket: path })).rejects.toThrow(listen.pathTaken(path))
  expect(readFileSync(file, 'utf8')).toBe('precious')
})

it('a folder in which others may write holds no socket of ours', async () => {
  const folder = newFolder()
  for (const mode of [0o777, 0o1777, 0o770, 0o702]) {
    chmodSync(folder, mode)
    const path = join(folder, 'serve.sock')
    await expect(newServer({ socket: path })).rejects.toThrow(listen.sharedFolder(folder))
  }
  const link = join(newFolder(), 'link')
  const target = join(newFolder(), 'real')
  mkdirSync(target, { mode: 0o700 })
  symlinkSync(target, link)
  await expect(newServer({ socket: join(link, 'serve.sock') })).rejects.toThrow(listen.noFolder(link))
  await expect(newServer({ socket: '/nonexistent/x.sock' })).rejects.toThrow(listen.noFolder('/nonexistent'))
})

/** A certificate for localhost, by itself, and its key. */
function newCertificate(folder: string, name: string) {
  const files = certificateFiles(folder, name)
  return { ...files, pem: readFileSync(files.cert, 'utf8') }
}

it('with a certificate it speaks TLS 1.2 and newer, and nothing else', async () => {
  const { cert, key, pem } = newCertificate(newFolder(), 'first')
  const { server, keys } = await newServer({ tlsCert: cert, tlsKey: key })
  expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Bearer ${keys['all']}`, host: new URL(server.url).host }
    const call = httpsRequest(`${server.url}/v1/accounts`, { ca: pem, headers }, (response) => resolve(text(response)))
    call.once('error', reject).end()
  })
  expect(JSON.parse(answer).accounts).toHaveLength(1)
  const port = Number(new URL(server.url).port)
  const old = connectTls({ port, host: '127.0.0.1', ca: pem, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })
  const [error] = await once(old, 'error')
  expect(String(error.code)).toMatch(/^ERR_SSL_/)
  expect(await exchange(`http://127.0.0.1:${port}`, head('GET /healthz HTTP/1.1', 'Host: localhost'))).not.toContain(
    '200',
  )
})

it('a certificate that changes is used from then on; while it doesn’t fit its key, the old one stays', async () => {
  const folder = newFolder()
  const [first, second] = [newCertificate(folder, 'first'), newCertificate(folder, 'second')]
  const { server, clock, log } = await newServer({ tlsCert: first.cert, tlsKey: first.key })
  const { port } = new URL(server.url)
  const names: (string | undefined)[] = []
  const look = async (): Promise<void> => {
    const socket = connectTls({ port: Number(port), host: '127.0.0.1', ca: [first.pem, second.pem] })
    onTestFinished(() => void socket.destroy())
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
    names.push(String(socket.getPeerCertificate().subject.CN))
    socket.destroy()
  }
  const told = async (event: string): Promise<void> => {
    await clock.advance(5_000)
    while (!log().some((line) => line['event'] === event)) await new Promise((resolve) => setImmediate(resolve))
    await clock.whenPending(3)
  }
  await look()
  writeFileSync(first.cert, second.pem)
  await told('tls-unusable')
  await look()
  writeFileSync(first.key, readFileSync(second.key))
  await told('tls-reloaded')
  await look()
  expect(names).toEqual(['first', 'first', 'second'])
})

it('a certificate and a key that don’t fit are an error at the start, which quotes neither', async () => {
  const folder = newFolder()
  const [first, second] = [newCertificate(folder, 'first'), newCertificate(folder, 'second')]
  await expect(newServer({ tlsCert: first.cert, tlsKey: second.key })).rejects.toThrow(
    `${first.cert} and ${second.key} can't be used`,
  )
  await expect(newServer({ tlsCert: first.cert, tlsKey: join(folder, 'none') })).rejects.toThrow('(ENOENT)')
})
