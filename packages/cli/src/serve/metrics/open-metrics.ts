/** The labels of a series, in the order in which they are written. */
export type Labels = Readonly<Record<string, string>>

/** One family of series, as OpenMetrics 1.0 has it. */
export interface Family {
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly unit?: 'seconds'
  readonly lines: readonly string[]
}

export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/** Writes families as text. */
export function writeOpenMetrics(families: readonly Family[]): string {
  const texts = families.map(({ name, type, help, unit, lines }) =>
    [
      `# TYPE ${name} ${type}`,
      ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
      `# HELP ${name} ${help}`,
      ...lines,
    ].join('\n'),
  )
  return `${[...texts, '# EOF'].join('\n')}\n`
}

/** One line: a name, its labels, and a number. */
export function sample(name: string, labels: Labels, value: number): string {
  return `${name}${labelText(labels)} ${value}`
}

/** Labels that are empty are left out: both mean the same. */
function labelText(labels: Labels): string {
  const given = Object.entries(labels).filter(([, value]) => value !== '')
  return given.length === 0 ? '' : `{${given.map(([name, value]) => `${name}="${escaped(value)}"`).join(',')}}`
}

function escaped(value: string): string {
  return value.replace(/[\\"\n]/g, (letter) => (letter === '\n' ? '\\n' : `\\${letter}`))
}
