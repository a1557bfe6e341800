import { isOfApi, isRejected } from './count-recording.ts'
import type { Caller, Recording, SentRequest } from './stage.ts'
import { type TimeAxis, timeAxis } from './time-axis.ts'

/** How high a crowd is drawn, in units of its own. */
export const HEIGHT = 100

// More lines would be thinner than a pixel.
const ROWS_AT_MOST = 100

/** A call to the token endpoint, from left to right. */
export interface TokenBar {
  readonly left: number
  readonly right: number
  readonly name: string
}

/** A crowd: a line for each caller, or for each group of them. Each text is the `d` of a path. */
export interface DrawnCrowd {
  readonly callersPerRow: number
  readonly waiting: string
  readonly rejected: string
  readonly answered: string
}

export interface Drawing extends Pick<TimeAxis, 'gaps' | 'marks'> {
  readonly tokenBars: readonly TokenBar[]
  readonly crowds: readonly DrawnCrowd[]
}

/** Turns what happened into shapes: as wide as its time axis, and {@link HEIGHT} high for each crowd. */
export function drawRecording(recording: Recording): Drawing {
  const axis = timeAxis(recording)
  const requestsOf: SentRequest[][] = recording.callers.map(() => [])
  for (const request of recording.requests) requestsOf[request.caller ?? -1]?.push(request)
  const numbered = recording.callers.map((caller, number) => ({ caller, requests: requestsOf[number] ?? [] }))
  const crowds = [...new Set(recording.callers.map(({ crowd }) => crowd))]
  return {
    gaps: axis.gaps,
    marks: axis.marks,
    tokenBars: recording.requests
      .filter((request) => !isOfApi(request))
      .map(({ name, sentAt, answeredAt }) => ({ name, left: axis.position(sentAt), right: axis.position(answeredAt) })),
    crowds: crowds.map((crowd) =>
      drawCrowd(
        numbered.filter(({ caller }) => caller.crowd === crowd),
        axis,
      ),
    ),
  }
}

interface Numbered {
  readonly caller: Caller
  readonly requests: readonly SentRequest[]
}

function drawCrowd(crowd: readonly Numbered[], { position }: TimeAxis): DrawnCrowd {
  const callersPerRow = Math.ceil(crowd.length / ROWS_AT_MOST)
  const rows = crowd
    .toSorted((a, b) => a.caller.answeredAt - b.caller.answeredAt)
    .filter((_, index) => index % callersPerRow === 0)
  const height = HEIGHT / rows.length
  const boxes = { waiting: '', rejected: '', answered: '' }
  for (const [row, { caller, requests }] of rows.entries()) {
    const box = (kind: keyof typeof boxes, from: number, to: number): void => {
      const [left, right] = [position(from), position(to)]
      if (right > left)
        boxes[kind] +=
          `M${text(left)} ${text(row * height)}h${text(right - left)}v${text(height)}h${text(left - right)}z`
    }
    let from = caller.startedAt
    for (const request of requests) {
      box('waiting', from, request.sentAt)
      box(isRejected(request) ? 'rejected' : 'answered', request.sentAt, request.answeredAt)
      from = request.answeredAt
    }
  }
  return { callersPerRow, ...boxes }
}

function text(value: number): string {
  return String(Math.round(value * 100) / 100)
}
