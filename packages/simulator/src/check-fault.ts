import type { Fault, FaultKind, FaultScope } from './fault.ts'

/** The fields of each kind: those that it needs, and those that it may have. */
const FIELDS: Readonly<Record<FaultKind, { readonly needs?: readonly string[]; readonly takes?: readonly string[] }>> =
  {
    status: { needs: ['status'], takes: ['retryAfter', 'headers', 'body', 'processed'] },
    reset: { takes: ['processed'] },
    hang: { takes: ['processed'] },
    delay: { needs: ['delayMs'] },
    html: { takes: ['status', 'processed'] },
    redirect: { needs: ['location'], takes: ['status', 'processed'] },
    'slow-body': { takes: ['everyMs', 'pieces'] },
    'cut-body': {},
    'empty-body': {},
    'malformed-json': {},
    'missing-field': { needs: ['field'] },
    'altered-field': { needs: ['field', 'value'] },
    'oversized-body': { takes: ['sizeBytes'] },
    'skewed-date': { needs: ['byMs'] },
  }

/** The kinds of fault. */
export const FAULT_KINDS: readonly string[] = Object.keys(FIELDS)

/** @throws {TypeError} for what a fault of its kind can't be. It may come from JSON, where no compiler has looked at it. */
export const checkFault = <Operation extends string>(
  fault: Fault & FaultScope<Operation>,
  operations: readonly Operation[],
): void => {
  const { kind, times = 1 } = fault
  const { needs = [], takes = [] } = FIELDS[kind] ?? {}
  const given = Object.entries(fault).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  const missing = needs.find((name) => !given.includes(name))
  if (missing !== undefined) throw new TypeError(`${missing}: required with the kind ${kind}`)
  const stray = given.find((name) => !['kind', 'operation', 'times', ...needs, ...takes].includes(name))
  if (stray !== undefined) throw new TypeError(`${stray}: not a field of the kind ${kind}`)
  if (!(times === Infinity || (Number.isInteger(times) && times > 0))) {
    throw new TypeError('times: expected a whole number above 0, or Infinity')
  }
  const unknown = asList(fault.operation)?.find((operation) => !operations.includes(operation))
  if (unknown !== undefined) {
    throw new TypeError(`operation: no "${unknown}" here; there are ${operations.join(', ')}`)
  }
  if ('status' in fault && fault.status !== undefined && !(fault.status >= 200 && fault.status <= 599)) {
    throw new TypeError('status: expected 200 to 599')
  }
  if (
    fault.kind === 'slow-body' &&
    fault.pieces !== undefined &&
    !(Number.isInteger(fault.pieces) && fault.pieces > 0)
  ) {
    throw new TypeError('pieces: expected a whole number above 0')
  }
}

/** One operation or several, as a list. */
export const asList = <Operation extends string>(
  operation: Operation | readonly Operation[] | undefined,
): readonly Operation[] | undefined => (typeof operation === 'string' ? [operation] : operation)
