import { isObject } from '../brands.ts'
import type { ErrorAction, ErrorCode } from '../errors.ts'
import type { FailureKind } from '../http/failure.ts'
import type { DelaySource, GiveUpReason } from './retry-decision.ts'

/** One attempt of a call. */
export interface AttemptRecord {
  /** The response's status; absent when there was none. */
  readonly status?: number | undefined
  /** Absent: the response was accepted. */
  readonly failure?: FailureKind | undefined
  /** The error's code, for example `ECONNRESET`. */
  readonly code?: string | undefined
  /** The wait after it, in milliseconds; absent when nothing followed. */
  readonly delayMs?: number | undefined
  /** Where that wait comes from. */
  readonly delaySource?: DelaySource | undefined
}

/** An error of a token, without its sentence. */
export interface TokenFailure {
  /** What went wrong. */
  readonly code: ErrorCode
  /** What to do about it. */
  readonly action: ErrorAction
}

/** How a call went. Holds no request, header or error, so it can be logged whole. */
export interface AttemptsReport {
  /** Attempts made, the first included. */
  readonly attempts: number
  /** Waited between them, in milliseconds. */
  readonly waitedMs: number
  /** Why a failure was not tried again; absent when the call succeeded. */
  readonly giveUp?: GiveUpReason | undefined
  /** Why a rejected token could not be replaced; absent when it was, or when none was rejected. */
  readonly tokenFailure?: TokenFailure | undefined
  /** Each attempt, oldest first. */
  readonly history: readonly AttemptRecord[]
}

// Beside the value, not on it: the caller gets its own response or error, untouched.
const reports = new WeakMap<object, AttemptsReport>()

/**
 * How often and why a call was tried again, by the response it returned or the error it threw. Undefined for a value
 * that did not come out of a retrying fetch.
 *
 * @example
 * const response = await fetch('https://api.example.com/orders')
 * console.log(attemptsOf(response)) // { attempts: 2, waitedMs: 37, history: [{ status: 503, … }, { status: 200 }] }
 */
export function attemptsOf(value: unknown): AttemptsReport | undefined {
  return isObject(value) ? reports.get(value) : undefined
}

/** Remembers the report of a call's outcome. An abort reason may be a string, which nothing can be kept beside. */
export function recordAttempts(outcome: unknown, report: AttemptsReport): void {
  if (isObject(outcome)) reports.set(outcome, report)
}
