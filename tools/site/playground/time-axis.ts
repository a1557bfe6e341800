import type { Recording } from './stage.ts'

/** How wide a drawing is, in its own units. */
export const WIDTH = 1000

// More than any request of a scene takes.
const LONG_PAUSE_MS = 10_000
const GAP_WIDTH = 120
const MARK_EVERY_MS = 200
const MARKS_AT_MOST = 5
// On a phone, a label takes this much.
const LABEL_WIDTH = 150

/** Time in which nothing happens, drawn much shorter than it is. */
export interface Gap {
  readonly left: number
  readonly right: number
  readonly ms: number
}

/** A label below the axis: milliseconds since the scene began, or since the gap ended. */
interface Mark {
  readonly at: number
  readonly ms: number
  readonly afterGap: boolean
}

export interface TimeAxis {
  /** Where an instant is drawn. */
  readonly position: (ms: number) => number
  readonly gaps: readonly Gap[]
  readonly marks: readonly Mark[]
}

interface Stretch {
  readonly from: number
  to: number
}

/** Lays out the time of a scene from left to right, and leaves out the hours in which nothing happens. */
export function timeAxis({ callers, requests }: Recording): TimeAxis {
  const stretches = busyStretches([
    ...callers.map(({ startedAt, answeredAt }) => ({ from: startedAt, to: answeredAt })),
    ...requests.map(({ sentAt, answeredAt }) => ({ from: sentAt, to: answeredAt })),
  ])
  const busyMs = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  const perMs = (WIDTH - GAP_WIDTH * Math.max(stretches.length - 1, 0)) / Math.max(busyMs, 1)

  const lefts: number[] = []
  let left = 0
  for (const { from, to } of stretches) {
    lefts.push(left)
    left += (to - from) * perMs + GAP_WIDTH
  }

  const position = (ms: number): number => {
    const index = stretches.findLastIndex(({ from }) => from <= ms)
    const stretch = stretches[index]
    return stretch === undefined ? 0 : (lefts[index] ?? 0) + (Math.min(ms, stretch.to) - stretch.from) * perMs
  }
  return {
    position,
    gaps: stretches.slice(1).map(({ from }, index) => {
      const before = stretches[index]?.to ?? 0
      return { left: position(before), right: position(from), ms: from - before }
    }),
    marks: legible(
      stretches.flatMap((stretch, index) => marksOf(stretch, index > 0, position, busyMs)),
      stretches.slice(0, -1).map(({ to }) => position(to)),
    ),
  }
}

/** The times in which something happens, without the long pauses between them. */
function busyStretches(spans: readonly Stretch[]): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = stretches.at(-1)
    if (last !== undefined && from - last.to < LONG_PAUSE_MS) last.to = Math.max(last.to, to)
    else stretches.push({ from, to })
  }
  return stretches
}

function marksOf(
  { from, to }: Stretch,
  afterGap: boolean,
  position: (ms: number) => number,
  busyMs: number,
): readonly Mark[] {
  const everyMs = MARK_EVERY_MS * Math.ceil(busyMs / MARK_EVERY_MS / MARKS_AT_MOST)
  const count = Math.floor((to - from) / everyMs) + 1
  return Array.from({ length: count }, (_, index) => ({
    at: position(from + index * everyMs),
    ms: index * everyMs,
    afterGap,
  }))
}

/** Without the marks whose labels would run into the next one, or into the label of a gap. */
function legible(marks: readonly Mark[], gaps: readonly number[]): readonly Mark[] {
  const ends = [...gaps, WIDTH]
  const kept: Mark[] = []
  for (const mark of marks) {
    const before = kept.at(-1)
    const isFree = before === undefined || mark.at - before.at >= LABEL_WIDTH
    const hasRoom = ends.every((end) => mark.at >= end || end - mark.at >= LABEL_WIDTH)
    // Where a gap ends, its own label says when that is.
    const isEndOfGap = mark.afterGap && mark.ms === 0
    if ((isFree && hasRoom && !isEndOfGap) || mark.at === 0) kept.push(mark)
  }
  return kept
}
