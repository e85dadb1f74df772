import { describe, it } from 'vitest'
import { testAdapter } from '../src/testing/index.js'
import { memoryHarness } from './memory-harness.js'

testAdapter({ describe, it }, 'memory', () => memoryHarness())
testAdapter({ describe, it }, 'memory, as foreign backends are', () => memoryHarness({ order: 'cursor', idempotentSend: false }))
