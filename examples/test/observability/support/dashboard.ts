import { readFileSync } from 'node:fs'

const FILE = new URL('../../../observability/dashboard.json', import.meta.url)

interface Panel {
  readonly type: string
  readonly title: string
  readonly targets?: readonly { readonly expr: string }[]
}

/** The expressions of the dashboard, each under its row and the title of its panel. */
export function expressions(): readonly { readonly panel: string; readonly expression: string }[] {
  const { panels }: { readonly panels: readonly Panel[] } = JSON.parse(readFileSync(FILE, 'utf8'))
  let row = ''
  return panels.flatMap(({ type, title, targets = [] }) => {
    if (type === 'row') row = title
    return targets.map(({ expr }) => ({ panel: `${row}: ${title}`, expression: expr }))
  })
}
