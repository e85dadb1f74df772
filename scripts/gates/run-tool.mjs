import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/**
 * Runs a tool from node_modules with this Node.
 * @param {string} script Path below node_modules.
 * @param {readonly string[]} parameters
 * @param {RegExp | null} evidence Its first group counts what the tool looked at; 0 or no match is a failure.
 * @returns {Promise<import('./gates.mjs').Result>}
 */
export async function runTool(script, parameters, evidence) {
  const { code, output } = await capture([resolve('node_modules', script), ...parameters])
  const seen = evidence ? Number(output.match(evidence)?.[1] ?? 0) : 1
  const isGood = code === 0 && seen > 0
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, note: evidence ? `${seen} files` : '', say: output.trim() }
}

/** Runs Node with the given parameters and keeps all it prints. @param {readonly string[]} parameters @param {NodeJS.ProcessEnv} [environment] */
export function capture(parameters, environment = process.env) {
  return new Promise((/** @type {(result: { code: number | null, output: string }) => void} */ done, fail) => {
    const child = spawn(process.execPath, parameters, { env: { ...environment, NO_COLOR: '1', FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', fail)
    child.on('close', (code) => done({ code, output }))
  })
}
