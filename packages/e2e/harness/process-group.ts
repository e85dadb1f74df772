import { readdirSync, readFileSync } from 'node:fs'

/** Whether any process of a group still runs. One that has ended and waits for its parent to notice does not count. */
export function isGroupRunning(leader: number): boolean {
  try {
    process.kill(-leader, 0)
  } catch {
    return false
  }
  return process.platform !== 'linux' || readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && runsIn(leader, pid))
}

function runsIn(leader: number, pid: string): boolean {
  try {
    // pid (name) state parent group …
    const [state, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return Number(group) === leader && state !== 'Z'
  } catch {
    // It ended while we looked.
    return false
  }
}
