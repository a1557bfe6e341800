import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isLanguage, linesOf, verdict } from './lines.ts'
import { play } from './play.ts'
import { isKept } from './promises.ts'

// Fewer would all be on their way when one process is killed.
const FEWEST_SELLERS = 100

const { values } = parseArgs({
  options: {
    sellers: { type: 'string', default: '3000' },
    'resend-unknown': { type: 'string', default: 'never' },
    lang: { type: 'string', default: 'en' },
    json: { type: 'boolean', default: false },
  },
})
const { lang, json } = values
const sellers = Number(values.sellers)
const resendUnknown = values['resend-unknown']
const isFine =
  Number.isSafeInteger(sellers) &&
  sellers >= FEWEST_SELLERS &&
  isLanguage(lang) &&
  (resendUnknown === 'once' || resendUnknown === 'never')

if (isFine) {
  const program = fileURLToPath(new URL('seller-process.mjs', import.meta.url))
  const kept: boolean[] = []
  const print = (text: string): void => void process.stdout.write(`${text}\n`)
  try {
    for await (const step of play({ sellers, resendUnknown, redisUrl: process.env['REDIS_URL'], program })) {
      kept.push(isKept(step))
      if (json) print(JSON.stringify(step))
      else for (const line of linesOf(step, lang)) print(line)
    }
    const isGood = kept.every(Boolean)
    if (!json) print(verdict(isGood, lang))
    if (!isGood) process.exitCode = 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
} else {
  console.error('Usage: proof [--sellers <100 or more>] [--resend-unknown never|once] [--lang en|pt-BR] [--json]')
  process.exitCode = 2
}
