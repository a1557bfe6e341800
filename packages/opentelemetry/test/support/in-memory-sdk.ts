import { context, type Meter, type Tracer } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  type DataPoint,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { onTestFinished } from 'vitest'

/** OpenTelemetry's own SDK, which keeps everything in memory. */
export interface InMemorySdk {
  readonly tracer: Tracer
  readonly meter: Meter
  /** Runs in a span, as a request of a server does. */
  readonly inSpan: <T>(name: string, run: () => Promise<T>) => Promise<T>
  /** The spans that have ended, by name. */
  readonly spans: (name: string) => readonly ReadableSpan[]
  /** What is measured now: each series as its attributes and its value. */
  readonly collect: (metric: string) => Promise<readonly Measured[]>
}

export interface Measured extends Readonly<Record<string, unknown>> {
  readonly value: unknown
}

/** Starts it for one test. */
export function inMemorySdk(): InMemorySdk {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const exporter = new InMemorySpanExporter()
  const tracing = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const tracer = tracing.getTracer('test')
  const kept = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  // Collects when a test asks.
  const reader = new PeriodicExportingMetricReader({ exporter: kept, exportIntervalMillis: 2 ** 30 })
  const metering = new MeterProvider({ readers: [reader] })
  onTestFinished(async () => {
    await metering.shutdown()
    context.disable()
  })
  return {
    tracer,
    meter: metering.getMeter('test'),
    inSpan: (name, run) =>
      tracer.startActiveSpan(name, async (span) => {
        try {
          return await run()
        } finally {
          span.end()
        }
      }),
    spans: (name) => exporter.getFinishedSpans().filter((span) => span.name === name),
    async collect(metric) {
      kept.reset()
      await reader.forceFlush()
      const families = kept.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
      const family = families.find(({ descriptor }) => descriptor.name === metric)
      const points: readonly DataPoint<unknown>[] = family?.dataPoints ?? []
      return points.map(({ attributes, value }) => ({ ...attributes, value }))
    },
  }
}
