import { type EnvironmentOptions, environmentChoice } from '../accounts/environment-options.ts'
import { NAME } from '../accounts/folders.ts'
import type { ServeTexts } from '../messages/serve.en.ts'
import { loadServeTexts } from '../messages/serve-texts.ts'
import { findProvider } from '../providers/find-provider.ts'
import { findKey, newKeyRecord, withKey, withoutKey } from '../serve/keys/edit-keys.ts'
import type { KeyRecord } from '../serve/keys/key-document.ts'
import type { KeyPlace } from '../serve/keys/key-place.ts'
import { withKeyPlace } from '../serve/keys/open-key-place.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { print, printJson, type Session, say } from '../session/session.ts'
import { formatDuration, isoDate, parseDuration } from '../session/times.ts'
import { coloursFor } from '../terminal/colours.ts'
import { widthOf } from '../terminal/fit.ts'
import { NOTHING, table } from '../terminal/table.ts'

export interface ServeKeysOptions extends EnvironmentOptions {
  readonly allow?: readonly string[]
  readonly door?: readonly string[]
  readonly rate?: string
  readonly validFor?: string
  readonly now?: boolean
  readonly keysFile?: string
}

/** `chaveiro serve keys`: makes, lists and revokes the keys of a server. */
export async function serveKeys(
  session: Session,
  action: string,
  name: string | undefined,
  options: ServeKeysOptions,
): Promise<undefined> {
  const texts = await loadServeTexts(session.texts.language)
  const isList = action === 'list'
  if (!['add', 'list', 'revoke'].includes(action) || isList !== (name === undefined)) {
    throw new Failure(EXIT.usage, 'usage', texts.keys.usage)
  }
  const choice = { keysFile: options.keysFile, environment: environmentChoice(session, options) }
  await withKeyPlace(session, texts, choice, async (place) => {
    if (name === undefined) await list(session, texts, place)
    else
      await (action === 'add'
        ? add(session, texts, place, name, options)
        : revoke(session, texts, place, name, options))
  })
}

async function add(
  session: Session,
  texts: ServeTexts,
  place: KeyPlace,
  name: string,
  { allow = [], door: doors = [], rate, validFor }: ServeKeysOptions,
): Promise<void> {
  if (!NAME.test(name)) throw new Failure(EXIT.usage, 'usage', session.texts.messages.badName('<name>', name))
  const now = Date.now()
  const endsAt = validFor === undefined ? undefined : now + parseDuration('--valid-for', validFor, session)
  const { record, text } = newKeyRecord({ name, allow, doors, rate, endsAt }, now, texts)
  for (const one of allow) findProvider(one.split('/')[0] ?? '', session)
  await place.change((document) => withKey(document, record, texts))
  if (session.json) return printJson(session, { ...shown(record, undefined), key: text })
  session.stdout.write(`${text}\n`)
  say(session, texts.keys.added(name))
}

async function revoke(
  session: Session,
  texts: ServeTexts,
  place: KeyPlace,
  nameOrId: string,
  { now: isCut = false }: ServeKeysOptions,
): Promise<void> {
  const { name, id } = findKey(await place.read(), nameOrId, texts)
  await place.change((document) => withoutKey(document, findKey(document, id, texts), Date.now(), isCut))
  await place.uses?.forget(id)
  if (session.json) printJson(session, { revoked: id, name, now: isCut })
  else say(session, isCut ? texts.keys.cut(name) : texts.keys.revoked(name))
}

async function list(session: Session, texts: ServeTexts, place: KeyPlace): Promise<void> {
  const { keys } = await place.read()
  const all = await Promise.all(keys.map(async (key) => ({ key, usedAt: await place.uses?.read(key.id) })))
  if (session.json) {
    return printJson(
      session,
      all.map(({ key, usedAt }) => shown(key, usedAt)),
    )
  }
  if (all.length === 0) return say(session, texts.keys.none(place.shown))
  const { stdout, env } = session
  const rows = all.map(({ key, usedAt }) => rowOf(texts, key, usedAt))
  const whole = { titles: texts.keys.titles, rows, dim: coloursFor(stdout, env).dim, names: 2 }
  print(session, table(whole, widthOf(stdout, env)).join('\n'))
}

function rowOf({ keys }: ServeTexts, { name, id, doors, allow, rate, endsAt }: KeyRecord, usedAt?: number): string[] {
  const now = Date.now()
  const left = endsAt === null ? undefined : Date.parse(endsAt) - now
  const end = left === undefined ? NOTHING : left <= 0 ? keys.ended : keys.ahead(formatDuration(left))
  const use = usedAt === undefined ? NOTHING : keys.ago(formatDuration(now - usedAt))
  return [name, id, doors.join(', '), allow.join('; '), rate ?? NOTHING, end, use]
}

/** A key for programs, without what only its holder has. */
function shown({ name, id, doors, allow, rate, createdAt, endsAt }: KeyRecord, usedAt: number | undefined): object {
  return { name, id, doors, allow, rate, createdAt, endsAt, lastUsedAt: isoDate(usedAt) }
}
