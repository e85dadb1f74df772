import { ChatError, limits } from '@porchlight/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aPage, aShop, storedIn } from './page.js'

/** Texts of every kind: any code units, halves of characters, control characters, and such as are just too long. */
const texts = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom('👩‍👩‍👧‍👦', 'שלום أهلا', 'e\u0301'),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('', ' \n\t', '\0', '\ud800', 'a\udc00b', '😀'.repeat(limits.textMaxCodePoints), '😀'.repeat(limits.textMaxCodePoints + 1)),
  fc.integer({ min: limits.textMaxCodePoints - 1, max: limits.textMaxCodePoints + 1 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 10_920, max: 10_925 }).map((length) => '語'.repeat(length))
)

/** Anything but a text, as code without types may hand it over. */
const notTexts = fc.anything().filter((value) => typeof value !== 'string')

describe('whatever is sent', () => {
  it('is stored as well-formed text, or refused with a code, and the composer keeps what was refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { maxLength: 6 }), async (typed) => {
        const { backend } = aShop()
        const { env, chat, open } = aPage(backend)
        await open()
        const expected: string[] = []
        for (const text of typed) {
          chat.setDraft(text)
          const outcome = chat.send(text).catch((error: unknown) => error)
          await env.advance(100)
          const settled = await outcome
          if (settled instanceof ChatError) {
            expect(['invalid', 'too_large']).toContain(settled.code)
            expect(chat.$draft.get()).toBe(text)
          } else {
            expected.push(Buffer.from(text).toString().replaceAll('\0', '\ufffd'))
            expect(chat.$draft.get()).toBe('')
          }
        }
        await env.advance(10_000)
        expect(storedIn(backend)).toEqual(expected)
        expect(chat.$outbox.get().count).toBe(0)
      }),
      { numRuns: 60 }
    )
  }, 60_000)

  it('is refused by a promise, never by a throw, when it is no text', async () => {
    const { backend } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    await fc.assert(
      fc.asyncProperty(notTexts, async (value) => {
        await expect(chat.send(value as string)).rejects.toMatchObject({ name: 'ChatError', code: 'invalid' })
        chat.setDraft(value as string)
        expect(chat.$draft.get()).toBe('')
      }),
      { numRuns: 200 }
    )
    await env.advance(1_000)
    expect(storedIn(backend)).toEqual([])
  })
})

describe('whatever is left as a request', () => {
  it('is stored, or shown with its problems: nothing is thrown, and nothing unknown goes out', async () => {
    const values = fc.oneof(texts, fc.anything(), fc.constantFrom('ann@example.com', '+48 22 123 45 67'))
    const forms = fc.record({ name: values, email: values, phone: values, text: values, admin: values }, { requiredKeys: [] })
    await fc.assert(
      fc.asyncProperty(fc.oneof(forms, fc.anything()), async (form) => {
        const { backend } = aShop()
        const { env, chat, open } = aPage(backend)
        await open()
        chat.editRequest(form as object)
        const leaving = chat.leaveRequest(form as object)
        await env.advance(1_000)
        await leaving
        const { state, problems } = chat.$request.get()
        if (state === 'accepted') {
          const [request] = backend.requests()
          const { name, email, phone, text, ...unknown } = request!.fields
          expect(unknown).toEqual({})
          expect([name, email, phone, text].every((value) => value === undefined || typeof value === 'string')).toBe(true)
          expect(text.trim()).not.toBe('')
        } else {
          expect([state, Object.keys(problems).length > 0]).toEqual(['needs_fix', true])
          expect(backend.requests()).toEqual([])
        }
      }),
      { numRuns: 150 }
    )
  }, 60_000)
})

describe('ids that nobody knows', () => {
  it('are neither sent again nor dropped, and begin no conversation', async () => {
    const { backend } = aShop()
    const { env, chat, open } = aPage(backend)
    await open()
    for (const id of ['', 'nobody', undefined as never]) {
      chat.resend(id)
      chat.discard(id)
    }
    await env.advance(1_000)
    expect(chat.$conversation.get()).toBeNull()
    expect(backend.logs()).toEqual([])
  })
})

describe('older messages', () => {
  it('are asked for once, however often at once', async () => {
    const { backend, ben } = aShop()
    const first = aPage(backend)
    await first.open()
    void first.chat.send('first')
    await first.env.advance(1_000)
    for (let index = 0; index < 120; index++) ben.reply(ben.conversations()[0]!.c, `${index}`)
    const other = aPage(backend)
    other.env.storage('porchlight:memory').small.write('saved', first.env.storage('porchlight:memory').small.read('saved'))
    await other.chat.loadOlder()
    await other.open()
    const before = other.chat.$messages.get().length
    const loads = [other.chat.loadOlder(), other.chat.loadOlder(), other.chat.loadOlder()]
    await other.env.advance(100)
    await Promise.all(loads)
    expect(other.chat.$messages.get()).toHaveLength(before + 50)
  })
})
