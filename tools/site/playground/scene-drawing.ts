import { h, type VNode } from 'vue'
import type { Counts } from './count-recording.ts'
import { type Drawing, type DrawnCrowd, HEIGHT, type TokenBar } from './draw-recording.ts'
import type { PlaygroundTexts } from './texts.ts'
import { type Gap, WIDTH } from './time-axis.ts'

/** The picture of a scene. Assistive technology gets the summary in its place; the steps below it are text. */
export function sceneDrawing(drawing: Drawing, counts: Counts, texts: PlaygroundTexts): VNode {
  const { tokenBars, crowds, gaps, marks } = drawing
  const lanes = crowds.map((crowd, index) =>
    lane(texts.lane({ number: index + 1, of: crowds.length, callersPerRow: crowd.callersPerRow }), [
      picture(['scene-crowd', crowds.length > 2 && 'scene-crowd-small'], HEIGHT, [
        ...gapShapes(gaps, HEIGHT),
        ...crowdShapes(crowd),
      ]),
    ]),
  )
  return h('div', { class: 'scene-drawing', role: 'img', 'aria-label': texts.summary(counts) }, [
    h('div', { class: 'scene-lanes' }, [
      lane(texts.tokenCalls, [
        picture(['scene-token-calls'], 1, [...gapShapes(gaps, 1), ...tokenBars.map(tokenShape)]),
        h(
          'div',
          { class: 'scene-token-names' },
          tokenBars.map(({ name, left }) => h('span', { style: { left: percent(left) } }, name)),
        ),
      ]),
      ...lanes,
      h('div', { class: 'scene-axis' }, [
        ...gaps.map(({ left, right, ms }) =>
          h('span', { class: 'scene-gap-name', style: { left: percent((left + right) / 2) } }, texts.duration(ms)),
        ),
        ...marks.map(({ at, ms, afterGap }) =>
          h('span', { class: 'scene-mark', style: { left: percent(at) } }, texts.mark(ms, afterGap)),
        ),
      ]),
    ]),
    legend(counts, texts),
  ])
}

function lane(name: string, content: readonly VNode[]): VNode {
  return h('div', { class: 'scene-lane' }, [h('div', { class: 'scene-lane-name' }, name), ...content])
}

/** Stretched to the width of the page, so its texts are outside of it. */
function picture(classes: readonly (string | false)[], height: number, shapes: readonly VNode[]): VNode {
  return h('svg', { class: classes, viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: 'none' }, [...shapes])
}

function tokenShape({ left, right }: TokenBar): VNode {
  return h('rect', { class: 'scene-token-call', x: left, y: 0, width: right - left, height: 1 })
}

function crowdShapes({ waiting, rejected, answered }: DrawnCrowd): readonly VNode[] {
  return [
    h('path', { class: 'scene-waiting', d: waiting }),
    h('path', { class: 'scene-rejected', d: rejected }),
    h('path', { class: 'scene-answered', d: answered }),
  ]
}

function gapShapes(gaps: readonly Gap[], height: number): readonly VNode[] {
  return gaps.map(({ left, right }) => h('rect', { class: 'scene-gap', x: left, y: 0, width: right - left, height }))
}

function legend({ rejected }: Counts, { legend: names }: PlaygroundTexts): VNode {
  const shown = (['waiting', 'answered', 'rejected'] as const).filter((kind) => kind !== 'rejected' || rejected > 0)
  return h(
    'div',
    { class: 'scene-legend' },
    shown.map((kind) => h('span', [h('span', { class: `scene-swatch scene-swatch-${kind}` }), names[kind]])),
  )
}

function percent(position: number): string {
  return `${(100 * position) / WIDTH}%`
}
