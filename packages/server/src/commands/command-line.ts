import { isChatError } from '@porchlight/protocol'
import { createVariables } from '../config/variables.js'
import { type ExitCode, type RunOptions, run } from '../run.js'
import { defaults } from '../server-options.js'
import { backUp } from './backup.js'
import { restore } from './restore.js'

const usage = `porchlight               runs the server
porchlight backup FILE   copies the database into a new file, also while the server runs
porchlight restore FILE  puts a backup in the place of the database, while no server runs

PORCHLIGHT_DATA names the data folder of all three; by itself it is ${defaults.dataFolder}
`

/** What a command line takes from its process. */
export interface CommandOptions extends RunOptions {
  /** Without the program's own name. */
  readonly parameters: readonly string[]
}

/** Does what a command line asks for; resolves to the exit code. */
export async function runCommand({ parameters, ...options }: CommandOptions): Promise<ExitCode> {
  const [command, file, ...rest] = parameters
  if (command === undefined) return run(options)
  if (['help', '--help', '-h'].includes(command)) {
    options.stdout.write(usage)
    return 0
  }
  if ((command === 'backup' || command === 'restore') && file !== undefined && rest.length === 0)
    return tell(options, () => acts[command](options, file))
  options.stderr.write(usage)
  return 2
}

type Act = (options: RunOptions, file: string) => Promise<string>

const acts: { readonly backup: Act; readonly restore: Act } = {
  backup: async ({ env }, file) => {
    const bytes = backUp({ dataFolder: dataFolderOf(env), file })
    return `Backed up into ${file}: ${bytes} bytes`
  },
  restore: async ({ env }, file) => {
    const kept = await restore({ dataFolder: dataFolderOf(env), file, nowMs: Date.now() })
    return `Restored ${file}; operators sign in anew${kept === null ? '' : `\n  what was there is ${kept}`}`
  }
}

function dataFolderOf(env: RunOptions['env']): string {
  return createVariables(env).text('PORCHLIGHT_DATA') ?? defaults.dataFolder
}

async function tell({ stdout, stderr }: RunOptions, act: () => Promise<string>): Promise<ExitCode> {
  try {
    stdout.write(`${await act()}\n`)
    return 0
  } catch (error) {
    stderr.write(`porchlight: ${error instanceof Error ? error.message : String(error)}\n`)
    return isChatError(error) && error.code === 'invalid' ? 2 : 1
  }
}
