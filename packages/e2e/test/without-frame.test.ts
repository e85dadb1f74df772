import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutFrame } from '../harness/without-frame.js'

/** RFC 6455, 5.2: a whole text that is not masked. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text)
  if (body.length < 126) return Buffer.concat([Buffer.from([0x81, body.length]), body])
  if (body.length < 65_536) return Buffer.concat([Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]), body])
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(body.length))
  return Buffer.concat([Buffer.from([0x81, 127]), length, body])
}

const lengths = fc.oneof(fc.integer({ min: 0, max: 130 }), fc.integer({ min: 65_530, max: 65_540 }))

it('takes out the frame that holds the text, of any length, and leaves its neighbours', () => {
  fc.assert(
    fc.property(fc.array(lengths, { maxLength: 4 }), fc.array(lengths, { maxLength: 4 }), lengths, (before, after, length) => {
      const [first, last] = [before, after].map((each) => Buffer.concat(each.map((count) => frameOf('a'.repeat(count))))) as [Buffer, Buffer]
      expect(withoutFrame(Buffer.concat([first, frameOf(`${'b'.repeat(length)}lost`), last]), 'lost').equals(Buffer.concat([first, last]))).toBe(true)
    })
  )
})

it('says so when the text does not stand in a whole frame', () => {
  const whole = frameOf('a text that is lost')
  expect(() => withoutFrame(whole.subarray(0, -1), 'lost')).toThrow('no whole frame')
  expect(() => withoutFrame(Buffer.concat([whole, whole.subarray(0, 9)]), 'found')).toThrow('no whole frame')
})
