/*
For the tests of providers against their simulators. Apart from the servers, which take long to load; it depends on nothing of
ours either, so the simulators are known by what is asked of them.
*/
export { behindProxy, type ProxiedLine } from './behind-proxy.ts'
export { connectedWorld } from './conformance-world.ts'
export { agree, newApplication, type SentRequest, sendingTo } from './connect-account.ts'
export { failureOf } from './failure-of.ts'
export { handshakes } from './handshakes.ts'
