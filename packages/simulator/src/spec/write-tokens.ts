import type { Answer } from '../answer.ts'
import { isJsonObject, type Json, textIn, writtenText } from '../json.ts'
import type { Issued } from '../oauth/oauth-tokens.ts'
import { base64url } from '../random-text.ts'
import { writtenEnd } from './instants.ts'
import type { Played } from './play.ts'
import { typeOf } from './sample.ts'
import { type AnswerDraft, draftAnswer, expressionOf, schemaOfPlace } from './write-answer.ts'

/** The answer that brings tokens: each value where the call's words say that it is. */
export const writeTokens = ({ play, spec: { facts, operation } }: Played, issued: Issued): Answer => {
  const { clock, random, handles, kept } = play
  const answer = draftAnswer(operation.documented)
  const { refreshToken, tokenType, granted, meta, secrets } = facts
  answer.set(facts['token'], issued.accessToken)
  answer.set(textIn(tokenType, 'at'), 'Bearer')
  writeEnd(answer, facts['expires'], { end: issued.expiresAt, now: clock.now(), jwt: issued.accessToken })
  if (facts['id'] !== undefined) {
    const id = writtenId(answer, facts['id'], handles.length + 1, random)
    handles.push({
      id: writtenText(id),
      value: issued.accessToken,
      family: issued.family,
      generation: issued.generation,
    })
  }
  if (granted !== undefined) {
    const isList = typeOf(schemaOfPlace(answer.schema, granted)) === 'array'
    answer.set(granted, isList ? issued.owner.scopes : issued.owner.scopes.join(' '))
  }
  if (issued.refreshToken !== undefined) answer.set(textIn(refreshToken, 'token'), issued.refreshToken)
  const refreshEnd = issued.refreshExpiresAt
  if (refreshEnd !== undefined && isJsonObject(refreshToken)) {
    writeEnd(answer, refreshToken['expires'], { end: refreshEnd, now: clock.now(), jwt: issued.accessToken })
  }
  const beside = new Map(kept.get(issued.family))
  for (const [name, value] of Object.entries(isJsonObject(meta) ? meta : {})) {
    const made = answer.make(value, name)
    if (made !== undefined) beside.set(`meta.${name}`, made)
  }
  for (const [name, value] of Object.entries(isJsonObject(secrets) ? secrets : {})) {
    const secret = `${name}-${base64url(random, 24)}`
    answer.set(expressionOf(value), secret)
    beside.set(`secrets.${name}`, secret)
  }
  kept.set(issued.family, beside)
  return answer.done()
}

interface End {
  readonly end: number
  readonly now: number
  /** For formats that read the end inside a token. */
  readonly jwt: string
}

/** Puts an end where the words of `expires` find it, with its zone where the answer says that too. */
export const writeEnd = (answer: AnswerDraft, expires: Json | undefined, { end, now, jwt }: End): void => {
  const format = textIn(expires, 'format')
  const at = textIn(expires, 'at')
  if (format === undefined || at === undefined) return
  const stated = textIn(expires, 'zone') ?? 'UTC'
  const isInAnswer = stated.startsWith('$')
  if (isInAnswer) answer.set(stated, 'UTC')
  const schema = schemaOfPlace(answer.schema, at)
  const written = writtenEnd(end, { now, format, zone: isInAnswer ? 'UTC' : stated, schema })
  if (format === 'jwt-exp') answer.set(at, jwt)
  else if (written !== undefined) answer.set(at, written)
}

/** A number where the document has one. */
const writtenId = (answer: AnswerDraft, place: Json, count: number, random: () => number): Json => {
  const type = typeOf(schemaOfPlace(answer.schema, place))
  const id = type === 'integer' || type === 'number' ? count : `id-${count}-${base64url(random, 8)}`
  answer.set(place, id)
  return id
}
