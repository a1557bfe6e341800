import type { CellContent, Cells, Life, NextCell } from '../cell/cells.ts'
import { errorCode } from '../cell/error-code.ts'
import { answers, onlyAnswer, unknownAnswer } from './answers.ts'
import { PAGE, statements } from './statements.ts'

/** Runs one statement and gives its rows, as the driver's options have made them. */
export type Query = (text: string, values: readonly string[]) => Promise<unknown>

const REASONS: Readonly<Record<string, string>> = {
  '3D000': 'there is no such database',
  '42P01': 'its table does not exist; call migrate() once',
  '42703': 'its table is from an earlier version; call migrate() once',
  '3F000': 'its schema does not exist; call migrate() once',
  '42501': 'this user lacks the necessary rights',
  '28P01': 'it refuses the password',
  '28000': 'it refuses this user',
  '25006': 'this server is read-only; connect to the primary',
  '53100': 'its disk is full',
  '53200': 'its memory is full',
  '53300': 'it has no connections left',
  '57P01': 'it is being shut down',
  '57P02': 'it crashed',
  '57P03': 'it is starting up',
  '08P01': 'the pooler in between gave up',
}

// With repeatable read or serializable as the default, this is how PostgreSQL reports that another process has written.
const SERIALIZATION_FAILURE = '40001'

export function postgresCells(query: Query, table: string): Cells {
  const sql = statements(table)

  async function outcome(key: string, next: NextCell, expect: string | null, life: Life): Promise<unknown> {
    const { version, text } = next
    if (text === null) return query(sql.remove, [key, expect ?? ''])
    const lifeMs = typeof life === 'number' ? String(life) : ''
    if (expect === null) return query(lifeMs ? sql.createWithEnd : sql.create, [key, version, text, lifeMs])
    return query(sql.replace, [key, version, text, expect, life === 'as-before' ? life : lifeMs])
  }

  const read = async (key: string): Promise<CellContent | undefined> => {
    const answer = onlyAnswer(await query(sql.read, [key]), key)
    if (answer === 'absent') return undefined
    const [, version, text] = /^found (\S+) (.*)$/s.exec(answer) ?? []
    if (version === undefined) throw unknownAnswer()
    return { version, text }
  }

  return {
    name: 'PostgreSQL',
    reasons: REASONS,
    read,
    // A row whose time is over counts as absent, and a later one with an end deletes it.
    async swap(key, next, expect, life) {
      // Nothing is to be deleted where nothing is expected.
      if (next.text === null && expect === null) return (await read(key)) === undefined
      try {
        const answer = onlyAnswer(await outcome(key, next, expect, life), key)
        if (answer === 'done' || answer === 'conflict') return answer === 'done'
        throw unknownAnswer()
      } catch (error) {
        if (errorCode(error) === SERIALIZATION_FAILURE) return false
        throw error
      }
    },
    async *keys() {
      let page = answers(await query(sql.list, ['']), '')
      for (;;) {
        yield* page
        const last = page.at(-1)
        if (page.length < PAGE || last === undefined) return
        page = answers(await query(sql.listOn, [last]), last)
      }
    },
  }
}
