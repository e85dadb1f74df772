export { createManualClock, type ManualClock } from './env/manual-clock.js'
export { type MemoryEnv, type MemoryEnvOptions, memoryEnv } from './env/memory-env.js'
export { createMemoryDisk, type MemoryDisk, type StorageFaults } from './env/memory-storage.js'
