import { lateAnswerScenarios } from '../../core/test/scenarios/late-answer-scenarios.ts'
import { processScenarios } from '../../core/test/scenarios/process-scenarios.ts'
import { type WatchedStore, watchedStore } from '../../core/test/support/watched-store.ts'
import { describeGrounds } from './support/describe-grounds.ts'
import { testSealer } from './support/seal.ts'

describeGrounds('processes that share tokens', (newPlace) => {
  const newStore = async (): Promise<WatchedStore> => watchedStore((await newPlace()).open(testSealer))
  processScenarios(newStore)
  lateAnswerScenarios(newStore)
})
