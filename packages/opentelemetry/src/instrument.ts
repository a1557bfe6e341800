import { type Meter, metrics, type Tracer, trace } from '@opentelemetry/api'
import { observe } from './gauges.ts'
import type { Instrumentable } from './instrumentable.ts'
import { measure } from './measurements.ts'
import { recordSpans } from './spans.ts'

/** The scope that OpenTelemetry's tools show as the source of the spans and metrics. */
const SCOPE = '@chaveiro/opentelemetry'

/** Where traces and metrics go, and what they may name. */
export interface InstrumentOptions {
  /** Makes the spans. @default a tracer of the global provider, which does nothing until an SDK is registered */
  tracer?: Tracer | undefined
  /** Makes the metrics. @default a meter of the global provider, which does nothing until an SDK is registered */
  meter?: Meter | undefined
  /**
   * Names accounts in spans, and in gauges 1 000 of them at most. Account names may be personal data, and every name is a
   * series. @default false
   */
  accounts?: boolean | undefined
}

/**
 * Makes traces and metrics of what happens to tokens, from now on. Returns a function that ends it.
 *
 * @example
 * const tokens = createTokenManager({ provider, credentials })
 * const stop = instrument(tokens)
 * @throws {TypeError} for an option that does not exist.
 */
export function instrument(tokens: Instrumentable, options: InstrumentOptions = {}): () => void {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined) {
    throw new TypeError(`instrument() has no option ${unknown}. It takes tracer, meter and accounts.`)
  }
  const { accounts = false, tracer = trace.getTracer(SCOPE), meter = metrics.getMeter(SCOPE) } = options
  const parts = [measure(meter), recordSpans(tracer, accounts)]
  const gauges = observe(meter, tokens, accounts)
  const stopListening = tokens.on(
    (event) => {
      for (const hear of [...parts, gauges.hear]) hear(event)
    },
    { everyCall: true },
  )
  return () => {
    stopListening()
    gauges.stop()
  }
}

const OPTIONS: readonly string[] = ['tracer', 'meter', 'accounts']
