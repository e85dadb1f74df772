import type { HistoryFact } from '../src/testing/index.js'
import type { Example, Line } from './history-of-messages.js'

const told = (state: 'online' | 'offline', rev: number): HistoryFact => ({ type: 'availability', state, rev })
const seen = (state: 'online' | 'offline'): HistoryFact => ({ type: 'presence', operator: 'ben', state })
const gone = (decidedAt: number): HistoryFact => ({ type: 'presence', operator: 'ben', state: 'offline', decidedAt })
const alive: HistoryFact = { type: 'alive', operator: 'ben' }
const available = (isAvailable: boolean): HistoryFact => ({ type: 'intent', operator: 'ben', isAvailable })
const home: readonly Line[] = [
  [0, 'backend', alive],
  [0, 'backend', available(true)]
]

const up: HistoryFact = { type: 'linked', isUp: true }
const down: HistoryFact = { type: 'linked', isUp: false }
/** Away for twenty seconds, and back; the news of it is still to come. */
const returned: readonly Line[] = [
  [0, 'ben', up],
  [0, 'backend', alive],
  [0, 'ann', seen('online')],
  [20_000, 'backend', alive],
  [20_000, 'ben', down],
  [40_000, 'ben', up],
  [40_000, 'backend', alive],
  [50_000, 'backend', alive]
]

const flap = (durationMs: number): readonly Line[] => [
  [0, 'backend', alive],
  [0, 'ann', seen('online')],
  [1_000, 'ben', { type: 'linked', isUp: false }],
  [2_000, 'ann', seen('offline')],
  [1_000 + durationMs, 'ben', { type: 'linked', isUp: true }],
  [1_000 + durationMs, 'backend', alive],
  [1_000 + durationMs, 'ann', seen('online')]
]

/** Back for twenty seconds before he is shown again, because he came and went too often; in that moment his link breaks. */
const shownLate: readonly Line[] = [
  [0, 'ben', up],
  [0, 'backend', alive],
  [0, 'ann', seen('online')],
  [10_000, 'ben', down],
  [20_000, 'ann', seen('offline')],
  [41_000, 'ben', up],
  [41_000, 'backend', alive],
  [60_900, 'ben', down],
  [61_000, 'ann', seen('online')]
]
const backAtOnce: readonly Line[] = [
  [63_000, 'ben', up],
  [63_000, 'backend', alive],
  [63_100, 'ann', seen('online')]
]

/** Of what customers are told about who is home. */
export const homeExamples: readonly Example[] = [
  {
    invariant: 'I8',
    title: 'an operator is online long after the last sign of life',
    bad: [
      [0, 'backend', alive],
      [1_000, 'ann', seen('online')],
      [30_001, 'ann', told('offline', 1)]
    ],
    good: [
      [0, 'backend', alive],
      [1_000, 'ann', seen('online')],
      [30_000, 'ann', seen('offline')],
      [40_000, 'ann', told('offline', 1)]
    ]
  },
  { invariant: 'I8', title: 'an outage of a moment is seen', bad: flap(7_999), good: flap(8_000) },
  {
    invariant: 'I8',
    title: 'somebody who is shown again in the moment of another outage is lost in it',
    bad: [...shownLate, [62_500, 'ann', seen('offline')], ...backAtOnce],
    good: [...shownLate, ...backAtOnce]
  },
  {
    invariant: 'I8',
    title: 'an operator who is connected is called gone',
    bad: [
      [0, 'ben', { type: 'linked', isUp: true }],
      [0, 'backend', alive],
      [1_000, 'ann', seen('online')],
      [10_000, 'backend', alive],
      [11_000, 'ann', seen('offline')]
    ],
    good: [
      [0, 'ben', { type: 'linked', isUp: true }],
      [0, 'backend', alive],
      [1_000, 'ann', seen('online')],
      [10_000, 'backend', available(false)],
      [11_000, 'ann', seen('offline')]
    ]
  },
  {
    invariant: 'I8',
    title: 'an operator who came back is called gone after it, by when it was decided and not by when it was heard',
    bad: [...returned, [51_000, 'ann', gone(40_001)]],
    good: [...returned, [51_000, 'ann', gone(40_000)]]
  },
  {
    invariant: 'I8',
    title: 'a change that was decided in an outage of a moment, and none that was only heard in it',
    bad: [...returned, [52_000, 'ben', down], [56_000, 'ann', gone(53_000)], [57_000, 'ben', up]],
    good: [...returned, [52_000, 'ben', down], [56_000, 'ann', gone(39_000)], [57_000, 'ben', up]]
  },
  {
    invariant: 'I8',
    title: 'an operator flaps',
    bad: [...flap(8_000), ...flap(8_000).map(([at, party, fact]): Line => [at + 20_000, party, fact]), [40_000, 'ann', seen('offline')]],
    good: [...flap(8_000), [20_000, 'backend', available(false)], [20_000, 'ann', seen('offline')]]
  },
  {
    invariant: 'I9',
    title: 'a customer is told online while nobody is home',
    bad: [...home, [30_001, 'ann', told('online', 1)]],
    good: [...home, [30_000, 'ann', told('online', 1)]]
  },
  {
    invariant: 'I9',
    title: 'a customer is told online while the switch is off',
    bad: [...home, [1, 'backend', available(false)], [29_000, 'backend', alive], [31_000, 'ann', told('online', 1)]],
    good: [
      ...home,
      [1, 'backend', available(false)],
      [29_000, 'backend', alive],
      [29_000, 'backend', { type: 'serves', operator: 'ben', of: 'ann', isServing: true }],
      [32_000, 'ann', told('online', 1)]
    ]
  },
  {
    invariant: 'I9',
    title: 'a customer is told online although nobody has room',
    bad: [...home, [1, 'backend', { type: 'room', operator: 'ben', hasRoom: false }], [29_000, 'backend', alive], [31_000, 'ann', told('online', 1)]],
    good: [...home, [1, 'backend', { type: 'room', operator: 'ben', hasRoom: false }], [2_000, 'ann', told('online', 1)]]
  },
  {
    invariant: 'I9',
    title: 'a customer is told online outside the hours',
    bad: [...home, [1, 'backend', { type: 'hours', isOpen: false }], [2, 'ann', told('online', 1)]],
    good: [...home, [1, 'backend', { type: 'hours', isOpen: true }], [2, 'ann', told('online', 1)]]
  },
  {
    invariant: 'I9',
    title: 'an older revision comes after a newer one',
    bad: [...home, [1, 'ann', told('offline', 2)], [2, 'ann', told('online', 1)]],
    good: [...home, [1, 'ann', told('offline', 2)], [2, 'backend', { type: 'restored' }], [3, 'ann', told('online', 1)]]
  },
  {
    invariant: 'I9',
    title: 'one revision says two things',
    bad: [...home, [1, 'ann', told('offline', 2)], [2, 'ann', told('online', 2)]],
    good: [...home, [1, 'ann', told('offline', 2)], [2, 'ann', told('offline', 2)]]
  }
]
