import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idPatterns, randomText, requestReference, uuidv7 } from './ids.js'

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)

it('a message id is a UUID of version 7 that carries its time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
      const id = uuidv7(now, random)
      expect(id).toMatch(idPatterns.message)
      expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now)
    })
  )
})

it('random text is the base64url form of its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const fill = (target: Uint8Array<ArrayBuffer>) => {
        target.set(bytes)
        return target
      }
      expect(randomText(bytes.length, fill)).toBe(Buffer.from(bytes).toString('base64url'))
    })
  )
})

it('a reference holds no letter that is misread', () => {
  for (let round = 0; round < 200; round++) expect(requestReference(random)).toMatch(idPatterns.reference)
})
