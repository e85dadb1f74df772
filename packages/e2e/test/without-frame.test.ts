import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Sender } from 'ws'
import { withoutFrame } from '../harness/without-frame.js'

/** As the server's own library writes it. */
const frameOf = (text: string): Buffer =>
  Buffer.concat(Sender.frame(Buffer.from(text), { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: false }) as Buffer[])

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
