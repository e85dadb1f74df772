import { equal, ok } from '../assert.js'
import type { ConformanceCase } from '../harness.js'
import { newId } from '../join.js'

/** Whom a page is for. */
export const departmentCases: readonly ConformanceCase[] = [
  {
    name: 'a page of a department where nobody answers is told so, while others are told that somebody is home',
    needs: ['department', 'presence'],
    run: async ({ join, harness }) => {
      await harness.operator.available?.(true)
      const ann = await join()
      await ann.heard('availability', ({ availability }) => availability.state === 'online')
      const eve = await join({ department: harness.emptyDepartment })
      ok((await eve.heard('availability')).availability.state !== 'online', 'nobody is home in the department')
      const stranger = await join({ department: 'not-a-department' })
      equal((await stranger.heard('availability')).availability.state, 'online', 'a department that there is not is all of it')
    }
  },
  {
    name: 'who is home in a department is answered without a session',
    needs: ['department', 'light', 'presence'],
    run: async ({ join, harness }) => {
      await harness.operator.available?.(true)
      await (await join()).heard('availability', ({ availability }) => availability.state === 'online')
      const adapter = harness.createAdapter()
      const { signal } = new AbortController()
      equal((await adapter.light?.(signal))?.state, 'online', 'somebody is home')
      ok((await adapter.light?.(signal, 'en', harness.emptyDepartment))?.state !== 'online', 'nobody is home in the department')
    }
  },
  {
    name: 'a conversation stays with the department that it was opened for, and that one tells its visitor who is home, whatever page he comes back on',
    needs: ['department', 'open', 'presence'],
    run: async ({ join, harness }) => {
      await harness.operator.available?.(true)
      const eve = await join({ department: harness.emptyDepartment })
      const opened = await eve.session.open?.({ id: newId(), department: harness.emptyDepartment })
      ok(opened, 'the conversation')
      await eve.say(opened.c, 1, 'Hello')
      const saved = eve.saved()
      eve.leave()
      const again = await join({ saved, device: eve.device })
      equal(again.session.conversations.find(({ c }) => c === opened.c)?.department, harness.emptyDepartment, 'its department')
      ok((await again.heard('availability')).availability.state !== 'online', 'nobody is home in the department')
    }
  }
]
