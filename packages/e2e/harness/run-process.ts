import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process that a test has started. */
export interface RunningProcess {
  readonly pid: number
  /** Everything printed so far, both streams. */
  readonly output: () => string
  /** Resolves with the first match in what is printed, now or later; rejects when the process ends without it. */
  readonly printed: (pattern: RegExp) => Promise<RegExpMatchArray>
  /** When the process has ended and its streams are closed. */
  readonly ended: Promise<ProcessEnd>
  readonly kill: (signal: NodeJS.Signals) => void
}

export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

export interface RunOptions {
  readonly folder?: string
  /** All of its environment but for `PATH` and `HOME`. */
  readonly environment?: Record<string, string>
  /** Leads a process group of its own. */
  readonly leadsGroup?: boolean
}

/** Starts a program; nothing of this process's own environment leaks into it. */
export function runProcess(program: string, parameters: readonly string[], options: RunOptions = {}): RunningProcess {
  const child = spawn(program, parameters, {
    cwd: options.folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...options.environment },
    detached: options.leadsGroup ?? false,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  if (child.pid === undefined) throw new Error(`${program} did not start`)
  let stderr = ''
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => {
    output += chunk
    stderr += chunk
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stderr }))
  return {
    pid: child.pid,
    output: () => output,
    printed: (pattern) => firstMatch(child, () => output, pattern),
    ended,
    kill: (signal) => void child.kill(signal)
  }
}

function firstMatch(child: ChildProcess, output: () => string, pattern: RegExp): Promise<RegExpMatchArray> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = output().match(pattern)
      if (found) resolve(found)
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.on('close', () => reject(new Error(`it ended without printing ${pattern}:\n${output()}`)))
    look()
  })
}
