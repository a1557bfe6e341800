import { stringifyYaml } from '@redocly/openapi-core'
import type { JsonObject } from '../spec/json.ts'

/** A value as YAML, within a document that is written as text. */
export function indented(value: JsonObject, spaces: number): string {
  return stringifyYaml(value, { lineWidth: 120 - spaces })
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(spaces)}${line}\n`)
    .join('')
}
