export {
  createFaultyLink,
  type Direction,
  type ExchangePart,
  type FaultyLink,
  type FaultyLinkOptions,
  goodLink,
  type LinkConditions
} from './faults/faulty-link.js'
export { seeded } from './faults/seeded.js'
export type { AdapterHarness, CaseContext, ConformanceCase, HarnessOperator, Need } from './harness.js'
export { checkHistory } from './history/check-history.js'
export type { HistoryBubble, HistoryEntry, HistoryFact, HistoryPlace, HistoryRow } from './history/entry.js'
export { type RecordOptions, recordAdapter, recordChat, recordGenerations, recordLog } from './history/record.js'
export { createHistory, type HistoryRecorder, parseHistory } from './history/recorder.js'
export type { Invariant, Violation } from './history/violation.js'
export { type Joined, type JoinOptions, join } from './join.js'
export { adapterCases, type CaseResult, type Runner, runCase, type TestAdapterOptions, testAdapter } from './test-adapter.js'
