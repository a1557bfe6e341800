import { chmod, chown, lstat, readFile, unlink } from 'node:fs/promises'
import { connect, type Server } from 'node:net'
import { dirname, resolve } from 'node:path'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'

/** A socket in the file system, and who may connect to it. */
export interface SocketPlace {
  readonly socket: string
  readonly mode: number
  /** A name, or a number. */
  readonly group: string | undefined
}

const WRITABLE_BY_GROUP_OR_OTHERS = 0o022

/** Listens on a socket that no other user could have put in place, and that only the users it is for may connect to. */
export async function listenOnSocket(server: Server, place: SocketPlace, { listen }: ServeTexts): Promise<void> {
  const path = resolve(place.socket)
  const group = place.group === undefined ? undefined : await groupId(place.group)
  if (place.group !== undefined && group === undefined) throw usage(listen.unknownGroup(place.group))
  await requireOwnFolder(dirname(path), listen)
  await removeDead(path, listen)
  // Until its mode is set, no one else may connect. The mask counts for the whole process, so it is set back at once: Node
  // binds before `listen` returns.
  const before = process.umask(0o077)
  const listening = new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen({ path, exclusive: true }, () => {
      server.removeListener('error', failed)
      done()
    })
  })
  process.umask(before)
  try {
    await listening
  } catch (error) {
    throw usage(listen.cannotListen(path, codeOf(error)))
  }
  if (group !== undefined) await chown(path, process.getuid?.() ?? -1, group)
  await chmod(path, place.mode)
}

async function requireOwnFolder(folder: string, listen: ServeTexts['listen']): Promise<void> {
  const stat = await lstat(folder).catch(() => undefined)
  if (stat === undefined || !stat.isDirectory()) throw usage(listen.noFolder(folder))
  const isOwn = stat.uid === process.getuid?.()
  if (!isOwn || (stat.mode & WRITABLE_BY_GROUP_OR_OTHERS) !== 0) throw usage(listen.sharedFolder(folder))
}

/** Removes our own socket that no process listens on any more; whatever else is there stays, and is an error. */
async function removeDead(path: string, listen: ServeTexts['listen']): Promise<void> {
  const stat = await lstat(path).catch(() => undefined)
  if (stat === undefined) return
  if (!stat.isSocket() || stat.uid !== process.getuid?.()) throw usage(listen.pathTaken(path))
  if (await isAlive(path)) throw usage(listen.socketInUse(path))
  await unlink(path)
}

async function isAlive(path: string): Promise<boolean> {
  const socket = connect({ path })
  try {
    return await new Promise((answer) => {
      socket.once('connect', () => answer(true))
      socket.once('error', (error) => answer(codeOf(error) !== 'ECONNREFUSED'))
    })
  } finally {
    socket.destroy()
  }
}

/** Node knows no names of groups, so they are looked up where the system keeps them (group(5)). */
async function groupId(group: string): Promise<number | undefined> {
  if (/^\d{1,9}$/.test(group)) return Number(group)
  const lines = (await readFile('/etc/group', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))
  const [, , id] = lines.find(([name]) => name === group) ?? []
  return id === undefined || !/^\d+$/.test(id) ? undefined : Number(id)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function usage(message: string): Failure {
  return new Failure(EXIT.usage, 'usage', message)
}
