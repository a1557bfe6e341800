// Plays what runs a function on Lambda: takes one event after the other, and does nothing at all between an answer and
// the next event. The pending read blocks the process, as if it were frozen.
import { readSync, writeSync } from 'node:fs'
import { bitizeProvider } from '@chaveiro/bitize'
import { redisStore } from '@chaveiro/stores/redis'
import { createSealer, keyFromText } from '@chaveiro/stores/sealer'
import { createClient } from 'redis'
import { type LambdaEvent, lambdaHandler } from '../../../serverless/lambda-handler.ts'

const {
  REDIS_URL = '',
  REDIS_PREFIX,
  SEALING_KEY,
  BITIZE_SERVER = '',
  CONSUMER_KEY = '',
  SECRET_KEY = '',
} = process.env

const client = await createClient({ url: REDIS_URL }).connect()
const sealer = createSealer({ keys: [{ id: 'test', key: keyFromText(SEALING_KEY) }] })
const handler = lambdaHandler({
  provider: bitizeProvider({ server: new URL(BITIZE_SERVER) }),
  credentials: () => ({ consumerKey: CONSUMER_KEY, secretKey: SECRET_KEY }),
  store: redisStore({ client, sealer, prefix: REDIS_PREFIX }),
})

for (let event = nextEvent(); event !== undefined; event = nextEvent()) {
  const answer = await handler(event)
  writeSync(1, `${JSON.stringify(answer)}\n`)
}
process.exit()

/** Waits for a line, and for nothing else. */
function nextEvent(): LambdaEvent | undefined {
  const letter = Buffer.alloc(1)
  let line = ''
  while (readSync(0, letter) === 1) {
    if (letter[0] === 0x0a) return JSON.parse(line)
    line += letter.toString('latin1')
  }
  return undefined
}
