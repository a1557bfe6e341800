/** How large a change is for those who use a package. */
export type Effect = 'breaks' | 'new' | 'other'

/** How large the next version has to be. */
export type Bump = 'none' | 'patch' | 'minor' | 'major'

const ORDER: readonly Bump[] = ['none', 'patch', 'minor', 'major']

/** Before 1.0, `minor` is for what breaks and for what is new, `patch` for the rest. */
export function bumpOf(effect: Effect, version: string): Bump {
  if (effect === 'other') return 'patch'
  return effect === 'breaks' && !version.startsWith('0.') ? 'major' : 'minor'
}

export function largest(bumps: readonly Bump[]): Bump {
  return bumps.reduce((one, other) => (isAtLeast(one, other) ? one : other), 'none')
}

export function isAtLeast(bump: Bump, wanted: Bump): boolean {
  return ORDER.indexOf(bump) >= ORDER.indexOf(wanted)
}
