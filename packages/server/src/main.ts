#!/usr/bin/env node
import { runCommand } from './commands/command-line.js'
import { createLog, errorFacts } from './log.js'

function die(error: unknown): void {
  createLog(process.stderr).fatal(errorFacts(error), 'a fault nobody caught')
  process.exit(1)
}

process.on('uncaughtException', die)
process.on('unhandledRejection', die)

const code = await runCommand({
  parameters: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  onStop(callback) {
    process.on('SIGTERM', callback)
    process.on('SIGINT', callback)
  }
})
process.exit(code)
