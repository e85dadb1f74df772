export type { AdapterHarness, CaseContext, ConformanceCase, HarnessOperator, Need } from './harness.js'
export { type Joined, type JoinOptions, join } from './join.js'
export { adapterCases, type CaseResult, type Runner, runCase, type TestAdapterOptions, testAdapter } from './test-adapter.js'
