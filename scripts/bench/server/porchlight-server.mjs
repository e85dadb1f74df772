// The built server, with rates that a bench does not run into.
import { answerParent, input, settledMemory, tell, usedCpuUs } from './child.mjs'

const { createServer } = await import(new URL('../../../packages/server/dist/index.js', import.meta.url).href)
const { defaultRates } = await import(new URL('../../../packages/server/dist/limits/default-rates.js', import.meta.url).href)
const { dataFolder, port } = input()
const limits = Object.fromEntries(Object.keys(defaultRates).map((name) => [name, { count: 1_000_000_000, perMs: 1_000 }]))
const owner = { email: 'olive@example.com', password: 'a quiet porch light', name: 'Olive' }
const server = await createServer({ dataFolder, port, isDemo: true, owner, passwordCost: 2 ** 10, limits })
const { url } = await server.listen()
answerParent({ memory: settledMemory, cpu: usedCpuUs })
tell({ url, owner })
