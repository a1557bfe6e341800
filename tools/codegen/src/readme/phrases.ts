import type { Acquire, RefreshToken } from '../spec/call.ts'
import type { DurationUnit } from '../spec/duration.ts'
import type { ReplayClass } from '../spec/lifecycle.ts'

/** The languages that READMEs are written in. */
export type Language = 'en' | 'pt-BR'

/** What the generated parts of a README say, in one language. Names, URLs and units of code stay as they are. */
export interface Phrases {
  readonly servers: string
  undocumentedHost(server: string): string
  readonly inputs: string
  readonly obtainedBy: string
  readonly refreshedBy: string
  readonly refreshToken: string
  readonly lifetime: string
  readonly listedBy: string
  readonly revokedBy: string
  readonly sentAgain: string
  readonly kept: string
  readonly inMemoryOnly: string
  readonly source: string
  readonly namesTheAccount: string
  readonly isSecret: string
  readonly isOptional: string
  byDefault(value: string): string
  withTokenOf(scheme: string): string
  withRefreshTokenInQuery(name: string): string
  readonly nothingDocumented: string
  readonly obtainedAnew: string
  lasts(duration: string): string
  readonly neverEnds: string
  readonly endUndocumented: string
  readonly isBrought: string
  signsInOnce(page: string): string
  typesCodes(call: string): string
  exchanges(call: string): string
  readonly signsInAgain: string
  readonly code: string
  endsUnused(duration: string): string
  stated(place: string): string
  statedOddly(place: string): string
  assumed(duration: string): string
  readonly repeat: Readonly<Record<Acquire['repeat'], string>>
  readonly rotation: Readonly<Record<RefreshToken['rotation'], string>>
  readonly replay: Readonly<Record<ReplayClass, string>>
  readonly lostAnswer: string
  readonly units: Readonly<Record<DurationUnit, readonly [one: string, many: string]>>
  readonly and: string
  readonly limits: LimitPhrases
  readonly requests: RequestPhrases
  readonly table: TablePhrases
  /** `readme`: where the project's README is from the one that says this; empty in that one. */
  notReleased(readme: string): string
}

/** How often a provider may be called, how early and how. */
interface LimitPhrases {
  readonly renewed: string
  within(duration: string): string
  readonly calls: string
  atMost(calls: number, duration: string): string
  readonly noneDocumented: string
  readonly wrongKeys: string
  readonly lockOut: string
  uses(count: number): string
  grace(duration: string): string
}

/** Where requests of the API go, and what they carry. */
interface RequestPhrases {
  readonly api: string
  readonly issuedAt: string
  readonly sentIn: string
  readonly besides: string
  header(name: string): string
  query(name: string): string
  readonly certificate: string
}

/** The table of all providers. */
interface TablePhrases {
  readonly provider: string
  readonly obtainedWith: string
  readonly refreshedBy: string
  readonly lives: string
  withRefreshToken(call: string): string
  readonly consent: string
  readonly signsInAgain: string
  readonly asLongAsAsked: string
  readonly untilItsDate: string
  readonly asLongAsItSays: string
  readonly undocumented: string
  readonly never: string
}
