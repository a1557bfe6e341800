import type { PathRule } from './exchange.ts'

/** The first rule that allows this request; `undefined`: none does. */
export function ruleFor(rules: readonly PathRule[], method: string, segments: readonly string[]): PathRule | undefined {
  return rules.find((rule) => allowsMethod(rule, method) && (rule.path.length === 0 || fits(rule.path, segments)))
}

/** Does any of the rules look at the path? */
export function limitPaths(rules: readonly PathRule[]): boolean {
  return rules.some(({ path }) => path.length > 0)
}

// The answer to a HEAD is that of a GET without its body (RFC 9110 §9.3.2).
function allowsMethod({ methods }: PathRule, method: string): boolean {
  return methods.length === 0 || methods.includes(method) || (method === 'HEAD' && methods.includes('GET'))
}

/** `*` is one segment that isn't empty, `**` any number of them; the rest is compared as it is written. */
function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return segments.length === 0
  if (first === '**') return segments.some((_, at) => fits(rest, segments.slice(at))) || fits(rest, [])
  const [segment, ...others] = segments
  if (segment === undefined) return false
  return (first === '*' ? segment !== '' : first === segment) && fits(rest, others)
}
