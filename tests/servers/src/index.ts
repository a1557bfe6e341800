/*
Real servers, and a real browser, for the tests of any package. A tool, because it starts processes and no user needs it; it depends on nothing
of ours, so the graph of packages stays without a cycle, dev dependencies included. Tests may import it, sources may not:
`tools/conventions` checks that.
*/

export {
  type CertificateOptions,
  type MadeCertificate,
  makeCertificate,
  type PemPair,
  pkcs12,
} from './certificates.ts'
export { type ChromiumOptions, startChromium } from './chromium.ts'
export { describeWith } from './describe-with.ts'
export { fakeTime } from './fake-time.ts'
export { missing, type Need, OWN_MOUNTS } from './needs.ts'
export { startPgbouncer } from './pgbouncer.ts'
export { postgresForTests, startPostgres, startPostgresStandby } from './postgres.ts'
export { promtool, type RunningPrometheus, type Sample, type ScrapeTarget, startPrometheus } from './prometheus.ts'
export { type RunningCluster, redisForTests, startRedis, startRedisCluster, startRedisReplica } from './redis.ts'
export { type Launch, type RunningServer, startServer } from './running-server.ts'
