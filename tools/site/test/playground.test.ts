import { describe, expect, it } from 'vitest'
import { type Counts, countRecording } from '../playground/count-recording.ts'
import { drawRecording } from '../playground/draw-recording.ts'
import { recordingSteps } from '../playground/recording-steps.ts'
import { type InputName, readInput, SCENES, type SceneName } from '../playground/scene-catalog.ts'
import { type Recording, record } from '../playground/stage.ts'
import { TEXTS } from '../playground/texts.ts'
import { timeAxis, WIDTH } from '../playground/time-axis.ts'

const HOUR_MS = 3_600_000

function played(scene: SceneName, values: Partial<Record<InputName, number>>): Promise<Recording> {
  return record((stage) => SCENES[scene].play(stage, (name) => values[name] ?? 0))
}

const all = (callers: number, more: Partial<Counts> = {}): Counts => ({
  callers,
  tokenCalls: 1,
  requests: callers,
  rejected: 0,
  answers: callers,
  ...more,
})

describe.each<[SceneName, Partial<Record<InputName, number>>, Counts]>([
  ['many-callers', { callers: 1 }, all(1)],
  ['many-callers', { callers: 300 }, all(300)],
  // One for the token at the start, and one for all callers.
  ['all-rejected', { callers: 300 }, all(300, { tokenCalls: 2, requests: 600, rejected: 300 })],
  ['hours-pass', { hours: 0, callers: 50 }, all(50)],
  ['hours-pass', { hours: 25, callers: 50 }, all(50, { tokenCalls: 2 })],
  ['hours-pass', { hours: 1000, callers: 50 }, all(50, { tokenCalls: 2 })],
  ['processes', { processes: 2, callers: 100 }, all(200)],
  ['processes', { processes: 8, callers: 20 }, all(160)],
])('the scene %s with %o', (scene, values, counts) => {
  it('comes to what the page says', async () => {
    expect(countRecording(await played(scene, values))).toEqual(counts)
  })
})

it('refreshes in the background after 21 hours, while callers use the token that they have', async () => {
  const { callers, requests } = await played('hours-pass', { hours: 21, callers: 20 })
  const [, refresh] = requests.filter(({ caller }) => caller === undefined)
  expect(refresh?.name).toBe('GET /auth')
  // The slowest request takes 240 ms, and the refresh 400.
  expect(Math.max(...callers.map(({ answeredAt }) => answeredAt))).toBeLessThan(refresh?.answeredAt ?? 0)
})

it('uses the keys again when the refresh token has expired too', async () => {
  const { requests } = await played('hours-pass', { hours: 49, callers: 20 })
  const calls = requests.filter(({ caller }) => caller === undefined)
  expect(calls.map(({ name }) => name)).toEqual(['POST /auth', 'POST /auth'])
})

it.each(['', ' ', '0', '-1', '1e9', '1000000000', '99999999999999', '2001', '1.5', '1,000', 'abc', '٣', '0x10'])(
  'does not take %j for a number of callers',
  (typed) => {
    const [rule] = SCENES['many-callers'].inputs
    expect(readInput(rule, typed)).toBeUndefined()
  },
)

it('takes whole numbers within the limits', () => {
  const [hours, callers] = SCENES['hours-pass'].inputs
  expect(['0', '1000', ' 25 ', '007'].map((typed) => readInput(hours, typed))).toEqual([0, 1000, 25, 7])
  expect(['1', '2000'].map((typed) => readInput(callers, typed))).toEqual([1, 2000])
})

it('tells the steps of a scene in their order, in the words of the language', async () => {
  const recording = await played('hours-pass', { hours: 25, callers: 1000 })
  expect(recordingSteps(recording).map(TEXTS.en.step)).toEqual([
    '0 ms to 400 ms: token call POST /auth.',
    '25 h + 400 ms: 1,000 callers at the same moment.',
    '25 h + 400 ms to 25 h + 800 ms: token call GET /auth.',
    '25 h + 800 ms to 25 h + 1,040 ms: the API answers 1,000 requests with 200.',
  ])
  expect(recordingSteps(recording).map(TEXTS['pt-BR'].step)[3]).toBe(
    '25 h + 800 ms a 25 h + 1.040 ms: a API responde a 1.000 requisições com 200.',
  )
})

it('says what became of the callers', async () => {
  const counts = countRecording(await played('all-rejected', { callers: 2 }))
  expect(TEXTS.en.summary(counts)).toBe(
    '2 callers, 2 token calls, 4 API requests, of which 2 were rejected with 401. Every caller was answered.',
  )
  expect(TEXTS['pt-BR'].summary(counts)).toBe(
    '2 chamadores, 2 chamadas ao endpoint de token, 4 requisições à API, das quais 2 foram rejeitadas com 401. Todos receberam resposta.',
  )
})

describe('the drawing', () => {
  it('leaves out the hours in which nothing happens, and says how many they are', async () => {
    const recording = await played('hours-pass', { hours: 25, callers: 10 })
    const axis = timeAxis(recording)
    expect(axis.gaps.map(({ ms }) => ms)).toEqual([25 * HOUR_MS])
    expect(axis.position(0)).toBe(0)
    expect(axis.position(400 + 25 * HOUR_MS)).toBeGreaterThan(axis.position(400))
    const ends = recording.callers.map(({ answeredAt }) => axis.position(answeredAt))
    expect(Math.max(...ends)).toBeCloseTo(WIDTH)
  })

  it('has a lane for each crowd, and no more lines than a screen can show', async () => {
    const { crowds, tokenBars } = drawRecording(await played('processes', { processes: 3, callers: 250 }))
    expect(tokenBars.map(({ name }) => name)).toEqual(['POST /auth'])
    expect(crowds.map(({ callersPerRow }) => callersPerRow)).toEqual([3, 3, 3])
    // 250 callers, one in three.
    expect(crowds.map(({ answered }) => answered.split('M').length - 1)).toEqual([84, 84, 84])
  })

  it('shows each request that was rejected and each that was answered', async () => {
    const { crowds } = drawRecording(await played('all-rejected', { callers: 4 }))
    const [crowd] = crowds
    expect(crowd?.rejected.split('M').length).toBe(5)
    expect(crowd?.answered.split('M').length).toBe(5)
    expect(JSON.stringify(crowds)).not.toMatch(/NaN|Infinity/)
  })
})
