import type { Fault } from './spoil.js'

const told = 'a page of a department where nobody answers is told so, while others are told that somebody is home'

/** Ways to be wrong about departments. */
export const departmentFaults: readonly Fault[] = [
  {
    does: 'forgets for whom a page is',
    found: told,
    spoil: (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, department: undefined }) })
  },
  {
    does: 'takes a department that there is not for one where nobody answers',
    found: told,
    spoil: (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, department: context.department && 'empty' }) })
  },
  {
    does: 'asks for everybody’s light',
    found: 'who is home in a department is answered without a session',
    spoil: (adapter) => ({ ...adapter, light: (signal, language) => adapter.light!(signal, language) })
  },
  {
    does: 'opens every conversation for everybody',
    found:
      'a conversation stays with the department that it was opened for, and that one tells its visitor who is home, whatever page he comes back on',
    spoil: (adapter) => ({
      ...adapter,
      connect: async (context) => {
        const session = await adapter.connect({ ...context, department: undefined })
        return { ...session, open: (details) => session.open!({ ...details, department: undefined }) }
      }
    })
  }
]
