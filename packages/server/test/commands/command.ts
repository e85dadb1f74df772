import { runCommand } from '../../src/commands/command-line.js'
import type { ExitCode } from '../../src/run.js'

/** What a command printed, and how it ended. */
export interface CommandResult {
  readonly code: ExitCode
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command on a data folder, as `main` does, without a process. */
export async function command(dataFolder: string, ...parameters: readonly string[]): Promise<CommandResult> {
  let stdout = ''
  let stderr = ''
  const code = await runCommand({
    parameters,
    env: { PORCHLIGHT_DATA: dataFolder },
    onStop: () => {},
    stdout: {
      write(text) {
        stdout += text
      }
    },
    stderr: {
      write(text) {
        stderr += text
      }
    }
  })
  return { code, stdout, stderr }
}
