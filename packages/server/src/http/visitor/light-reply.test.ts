import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KnownAvailability } from '../../availability/availability.types.js'
import { createLightReplies, isHeld } from './light-reply.js'

const online: KnownAvailability = { rev: 7, state: 'online', reason: 'available' }

it('a reply is written once for a published answer and a language', () => {
  const replyFor = createLightReplies()
  expect(replyFor(online, 'en')).toBe(replyFor(online, 'en'))
  expect(replyFor({ ...online }, 'en').body).not.toBe(replyFor(online, 'en').body)
})

it('no two replies that say something else have the same tag, whatever their revisions', () => {
  const answer = fc.record({ rev: fc.nat(2), state: fc.constantFrom('online', 'away'), reason: fc.constantFrom('available', 'hours') })
  const language = fc.constantFrom('en', 'ru', 'pl', null)
  const replyFor = createLightReplies()
  fc.assert(
    fc.property(answer, answer, language, language, (a, b, inOne, inOther) => {
      const [one, other] = [replyFor(a as KnownAvailability, inOne), replyFor(b as KnownAvailability, inOther)]
      expect(one.tag === other.tag).toBe(one.body.equals(other.body))
    })
  )
})

it('a caller holds a reply when its tag stands anywhere in his list, packed or not, and not when it does not', () => {
  const tags = fc.array(fc.constantFrom('"a"', '"b"', 'W/"a"', '"a,b"', 'a', ''))
  fc.assert(
    fc.property(tags, fc.constantFrom(',', ', ', ' ,  '), (list, between) => {
      expect(isHeld(list.join(between), '"a"')).toBe(list.includes('"a"') || list.includes('W/"a"'))
    })
  )
  expect([isHeld(undefined, '"a"'), isHeld(' * ', '"a"')]).toEqual([false, true])
})
