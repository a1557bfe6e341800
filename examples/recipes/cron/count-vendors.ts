// A job that cron or a workflow starts. Each run is a new process, so a folder keeps the token in between, encrypted.
import { createBitize, isChaveiroError } from '@chaveiro/bitize'
import { fileStore } from '@chaveiro/stores/file'
import { createSealer, keyFromText } from '@chaveiro/stores/sealer'

const { BITIZE_SERVER, BITIZE_CONSUMER_KEY = '', BITIZE_SECRET_KEY = '', TOKEN_FOLDER, SEALING_KEY } = process.env

const bitize = createBitize({
  server: BITIZE_SERVER ? new URL(BITIZE_SERVER) : 'production',
  consumerKey: BITIZE_CONSUMER_KEY,
  secretKey: BITIZE_SECRET_KEY,
  // A runner of GitHub has no folder that stays: there, each run obtains a token.
  ...(TOKEN_FOLDER && {
    store: fileStore({
      directory: TOKEN_FOLDER,
      sealer: createSealer({ keys: [{ id: '2026-12', key: keyFromText(SEALING_KEY) }] }),
    }),
  }),
  // The process ends with its work, so no refresh goes on behind it.
  background: false,
})

try {
  const response = await bitize.fetch('/vendors')
  if (!response.ok) throw new Error(`Bitize answered ${response.status}.`)
  const { data }: { data: unknown[] } = await response.json()
  console.log(`${data.length} vendors`)
} catch (error) {
  // It says what happened, to which account and what to do, and holds no secret.
  console.error(error instanceof Error ? error.message : error)
  // 75 (EX_TEMPFAIL): the next run may succeed. 1: a person has to do something.
  process.exitCode = isChaveiroError(error) && error.action === 'retry' ? 75 : 1
} finally {
  await bitize.close()
}
