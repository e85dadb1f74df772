import { getHeapCodeStatistics } from 'node:v8'

/**
 * What this thread holds, without what the engine has compiled: of that it has more for as long as something is done for the first time. Buffers are let go of beside a
 * collection, and what they stood for in the next one.
 *
 * @param {() => void} collect Collects garbage.
 */
export async function heldBytes(collect) {
  for (let time = 0; time < 2; time++) {
    collect()
    await new Promise((resolve) => void setTimeout(resolve, 20))
  }
  const { heapUsed, external } = process.memoryUsage()
  const { code_and_metadata_size: compiled, bytecode_and_metadata_size: bytecode } = getHeapCodeStatistics()
  return heapUsed + external - compiled - bytecode
}
