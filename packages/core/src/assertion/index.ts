export type { AssertionAlgorithm } from './algorithms.ts'
export { type Assertion, assertionSigner, type Claim, type SignAssertion } from './assertion-signer.ts'
export { byServer } from './by-server.ts'
