// Numerical Recipes' generator: the same order in every run, without a pattern that a processor could foresee.
const MULTIPLIER = 1_664_525
const INCREMENT = 1_013_904_223
const MODULUS = 2 ** 32

/** The items in a random order, which is the same each time. */
export function shuffled<T>(items: readonly T[]): T[] {
  let state = items.length
  const rank = items.map((item) => {
    state = (state * MULTIPLIER + INCREMENT) % MODULUS
    return { item, state }
  })
  return rank.sort((a, b) => a.state - b.state).map(({ item }) => item)
}
