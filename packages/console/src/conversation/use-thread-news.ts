import type { Participant } from '@porchlight/protocol'
import { useLayoutEffect } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import { readAs, text as readWords } from '../stores/reader.js'
import type { Thread } from '../stores/threads.js'

/** More arrivals than this at once are counted, not read out: that is a reconnection, and nobody listens to thirty messages. */
const readOutMax = 3

/** Speaks what arrives in the conversation on show: messages of others, that a colleague begins to answer too, and that an own one was not sent. Never history. */
export function useThreadNews(thread: Thread, customerName: string): void {
  const { i18n, announce } = useConsole()
  const { operatorId } = useWorkspace()
  useLayoutEffect(() => {
    const { log } = thread
    let known = log.$state.get()?.head ?? null
    let failed = failedCount()
    let writing: ReadonlySet<string> = new Set()
    const colleagues = (typing: readonly Participant[]) => typing.filter(({ id, role }) => role === 'agent' && id !== operatorId)

    function failedCount(): number {
      return log.$pending.get().filter(({ state }) => state === 'failed').length
    }

    const stops = [
      log.$state.listen((state) => {
        known ??= state?.head ?? null
      }),
      log.$messages.listen((messages) => {
        const from = known
        if (from === null) return
        const fresh = messages.filter(({ order, by, k }) => order > from && by.id !== operatorId && k === 'text')
        known = Math.max(from, messages.at(-1)?.order ?? 0)
        if (fresh.length > readOutMax) announce(i18n.text('thread.newMessages', { n: fresh.length }))
        else for (const { by, body } of fresh) announceMessage(by.name ?? customerName, body['text'])
      }),
      log.$typing.listen((typing) => {
        const now = colleagues(typing)
        for (const { id, name } of now) if (!writing.has(id)) announce(i18n.text('typing.colleague', { name: name ?? i18n.text('notice.system') }))
        writing = new Set(now.map(({ id }) => id))
      }),
      log.$pending.listen(() => {
        const count = failedCount()
        if (count > failed) announce(i18n.text('message.notSent'), 'assertive')
        failed = count
      })
    ]

    function announceMessage(name: string, content: unknown): void {
      const words = readAs(readWords, content)
      if (words !== null) announce(i18n.text('message.announce', { name, text: words }))
    }

    return () => {
      for (const stop of stops) stop()
    }
  }, [thread, customerName, operatorId, i18n, announce])
}
