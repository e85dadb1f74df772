import type { HistoryFact, Invariant } from '../src/testing/index.js'

/** Who did what, and when. */
export type Line = readonly [at: number, party: string, fact: HistoryFact]

/** A history that breaks an invariant, and one beside it that does not. */
export interface Example {
  readonly invariant: Invariant
  readonly title: string
  readonly bad: readonly Line[]
  readonly good: readonly Line[]
}

const log = { c: 'c1', epoch: 'e1' }
const row = (seq: number, key = `t${seq}`, id = `id-${key}`) => ({ seq, id, by: 'ann', key })
const rows = (...all: ReturnType<typeof row>[]): HistoryFact => ({ type: 'rows', ...log, rows: all })
const view = (...bubbles: Extract<HistoryFact, { type: 'view' }>['bubbles'][number][]): HistoryFact => ({ type: 'view', c: 'c1', bubbles })
const composed = (key: string): HistoryFact => ({ type: 'composed', key })
const accepted = (key: string): HistoryFact => ({ type: 'accepted', key, id: `id-${key}` })
const page = (device: string): HistoryFact => ({ type: 'joined', role: 'customer', device })

const stored: readonly Example[] = [
  {
    invariant: 'I1',
    title: 'what an author was told to be stored is gone',
    bad: [
      [0, 'ann', { type: 'acked', ...log, seq: 1, id: 'id-t1' }],
      [1, 'backend', rows()]
    ],
    good: [
      [0, 'ann', { type: 'acked', ...log, seq: 1, id: 'id-t1' }],
      [1, 'backend', { type: 'restored' }],
      [2, 'backend', { type: 'rows', c: 'c1', epoch: 'e2', rows: [] }]
    ]
  },
  {
    invariant: 'I1',
    title: 'what was heard stands at another place',
    bad: [
      [0, 'ben', { type: 'heard', ...log, seq: 2, id: 'id-t1' }],
      [1, 'backend', rows(row(1))]
    ],
    good: [
      [0, 'ben', { type: 'heard', ...log, seq: 1, id: 'id-t1' }],
      [1, 'backend', rows(row(1))]
    ]
  },
  {
    invariant: 'I1',
    title: 'a reference was shown, and the request is gone',
    bad: [
      [0, 'ann', { type: 'referenced', key: 'r', reference: 'AAAA-BBBB' }],
      [1, 'backend', { type: 'requests', items: [] }]
    ],
    good: [
      [0, 'ann', { type: 'referenced', key: 'r', reference: 'AAAA-BBBB' }],
      [1, 'backend', { type: 'requests', items: [{ key: 'r', reference: 'AAAA-BBBB' }] }]
    ]
  },
  {
    invariant: 'I2',
    title: 'a message has two rows',
    bad: [[0, 'backend', rows(row(1, 't1', 'a'), row(2, 't2', 'a'))]],
    good: [[0, 'backend', rows(row(1, 't1', 'a'), row(2, 't2', 'b'))]]
  },
  {
    invariant: 'I2',
    title: 'a text was sent again under another id',
    bad: [[0, 'backend', rows(row(1, 't1', 'a'), row(2, 't1', 'b'))]],
    good: [[0, 'backend', rows(row(1, 't1', 'a'))]]
  },
  {
    invariant: 'I2',
    title: 'a bubble flashes twice, on its way and stored',
    bad: [[0, 'ann', view({ id: 'a', seq: null, state: 'pending' }, { id: 'a', seq: 1, state: 'sent' })]],
    good: [
      [0, 'ann', view({ id: 'a', seq: null, state: 'pending' })],
      [0, 'ann', view({ id: 'a', seq: 1, state: 'sent' })]
    ]
  },
  {
    invariant: 'I2',
    title: 'a draft became two requests',
    bad: [
      [
        0,
        'backend',
        {
          type: 'requests',
          items: [
            { key: 'r', reference: 'A' },
            { key: 'r', reference: 'B' }
          ]
        }
      ]
    ],
    good: [[0, 'backend', { type: 'requests', items: [{ key: 'r', reference: 'A' }] }]]
  },
  {
    invariant: 'I3',
    title: 'two parties have different messages at one place',
    bad: [
      [0, 'ann', { type: 'heard', ...log, seq: 1, id: 'a' }],
      [0, 'ben', { type: 'heard', ...log, seq: 1, id: 'b' }]
    ],
    good: [
      [0, 'ann', { type: 'heard', ...log, seq: 1, id: 'a' }],
      [0, 'ben', { type: 'heard', c: 'c1', epoch: 'e2', seq: 1, id: 'b' }]
    ]
  },
  {
    invariant: 'I3',
    title: 'a view goes on past a hole',
    bad: [[0, 'ann', view({ id: 'a', seq: 1 }, { id: 'c', seq: 3 })]],
    good: [[0, 'ann', view({ id: 'c', seq: 3 }, { id: 'd', seq: 4 }, { id: 'e', seq: null })]]
  },
  {
    invariant: 'I3',
    title: 'a view mixes two epochs',
    bad: [
      [0, 'backend', { type: 'stored', ...log, ...row(1, 't1') }],
      [0, 'backend', { type: 'stored', ...log, ...row(2, 't2') }],
      [0, 'backend', { type: 'stored', c: 'c1', epoch: 'e2', ...row(1, 't1') }],
      [0, 'backend', { type: 'stored', c: 'c1', epoch: 'e2', ...row(2, 't3') }],
      [0, 'backend', { type: 'stored', c: 'c1', epoch: 'e2', ...row(3, 't4') }],
      [1, 'ann', view({ id: 'id-t2', seq: 2 }, { id: 'id-t4', seq: 3 })]
    ],
    good: [
      [0, 'backend', { type: 'stored', ...log, ...row(1, 't1') }],
      [0, 'backend', { type: 'stored', c: 'c1', epoch: 'e2', ...row(1, 't3') }],
      [1, 'ann', view({ id: 'id-t1', seq: 1 })],
      [2, 'ann', view({ id: 'id-t3', seq: 1 })]
    ]
  },
  {
    invariant: 'I5',
    title: 'the rows have a hole',
    bad: [[0, 'backend', rows(row(1), row(3))]],
    good: [[0, 'backend', rows(row(1), row(2))]]
  }
]

const authors: readonly Example[] = [
  {
    invariant: 'I4',
    title: 'one page’s texts changed places',
    bad: [
      [0, 'tab', composed('t1')],
      [1, 'tab', composed('t2')],
      [2, 'backend', rows(row(1, 't2'), row(2, 't1'))]
    ],
    good: [
      [0, 'tab', composed('t1')],
      [1, 'tab', composed('t2')],
      [2, 'tab', composed('t1')],
      [3, 'backend', rows(row(1, 't2'), row(2, 't1'))]
    ]
  },
  {
    invariant: 'I4',
    title: 'a tab overtook what another tab of the device had in the outbox',
    bad: [
      [0, 'tab 1', page('phone')],
      [0, 'tab 2', page('phone')],
      [0, 'tab 1', composed('t1')],
      [1, 'tab 1', accepted('t1')],
      [2, 'tab 2', composed('t2')],
      [3, 'backend', rows(row(1, 't2'), row(2, 't1'))]
    ],
    good: [
      [0, 'tab 1', page('phone')],
      [0, 'tab 2', page('phone')],
      [0, 'tab 1', composed('t1')],
      [1, 'tab 2', composed('t2')],
      [2, 'tab 1', accepted('t1')],
      [3, 'backend', rows(row(1, 't2'), row(2, 't1'))]
    ]
  },
  {
    invariant: 'I4',
    title: 'a page whose device had no room for its texts changed their places; what another page does is not seen by it',
    bad: [
      [0, 'tab 1', page('phone')],
      [0, 'tab 1', composed('t1')],
      [1, 'tab 1', accepted('t1')],
      [2, 'tab 1', composed('t2')],
      [3, 'tab 1', { type: 'accepted', key: 't2', id: 'id-t2', device: 'tab 1' }],
      [4, 'backend', rows(row(1, 't2'), row(2, 't1'))]
    ],
    good: [
      [0, 'tab 1', page('phone')],
      [0, 'tab 2', page('phone')],
      [0, 'tab 1', composed('t1')],
      [1, 'tab 1', { type: 'accepted', key: 't1', id: 'id-t1', device: 'tab 1' }],
      [2, 'tab 2', composed('t2')],
      [3, 'backend', rows(row(1, 't2'), row(2, 't1'))]
    ]
  },
  {
    invariant: 'I7',
    title: 'a bubble still waits',
    bad: [
      [0, 'ann', { type: 'fault', name: 'cut' }],
      [1, 'ann', view({ id: 'a', seq: null, state: 'pending' })],
      [35_000, 'run', { type: 'settled' }]
    ],
    good: [
      [0, 'ann', { type: 'fault', name: 'cut' }],
      [1, 'ann', view({ id: 'a', seq: null, state: 'failed' })],
      [35_000, 'run', { type: 'settled' }]
    ]
  },
  {
    invariant: 'I7',
    title: 'a view does not reach the head',
    bad: [
      [0, 'ann', view({ id: 'id-t1', seq: 1 })],
      [0, 'backend', rows(row(1), row(2))],
      [1, 'run', { type: 'settled' }]
    ],
    good: [
      [0, 'ann', view({ id: 'id-t1', seq: 1 })],
      [0, 'ann', { type: 'gone' }],
      [0, 'backend', rows(row(1), row(2))],
      [1, 'run', { type: 'settled' }]
    ]
  },
  {
    invariant: 'I7',
    title: 'a text is neither stored nor refused',
    bad: [
      [0, 'ann', composed('t1')],
      [1, 'backend', rows()],
      [2, 'run', { type: 'settled' }]
    ],
    good: [
      [0, 'ann', composed('t1')],
      [1, 'ann', { type: 'dropped', key: 't1' }],
      [1, 'backend', rows()],
      [2, 'run', { type: 'settled' }]
    ]
  },
  {
    invariant: 'I7',
    title: 'the run was judged before it could settle',
    bad: [
      [0, 'ann', { type: 'fault', name: 'cut' }],
      [34_999, 'run', { type: 'settled' }]
    ],
    good: [
      [0, 'ann', { type: 'fault', name: 'cut' }],
      [35_000, 'run', { type: 'settled' }]
    ]
  },
  {
    invariant: 'I11',
    title: 'a typed text is nowhere',
    bad: [[0, 'ann', { type: 'places', key: 't1', places: [] }]],
    good: [[0, 'ann', { type: 'places', key: 't1', places: ['draft'] }]]
  }
]

const readers: readonly Example[] = [
  {
    invariant: 'I6',
    title: 'a receipt goes back',
    bad: [
      [0, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 3, read: 3 }],
      [1, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 3, read: 2 }]
    ],
    good: [
      [0, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 3, read: 3 }],
      [1, 'backend', { type: 'restored' }],
      [2, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 1, read: 1 }]
    ]
  },
  {
    invariant: 'I6',
    title: 'somebody has read what was not delivered',
    bad: [[0, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 1, read: 2 }]],
    good: [[0, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 2, read: 2 }]]
  },
  {
    invariant: 'I6',
    title: 'a receipt is beyond the log',
    bad: [
      [0, 'backend', { type: 'stored', ...log, ...row(1) }],
      [1, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 2, read: 0 }]
    ],
    good: [
      [0, 'backend', { type: 'stored', ...log, ...row(1) }],
      [1, 'ann', { type: 'receipt', c: 'c1', of: 'ben', delivered: 1, read: 0 }]
    ]
  },
  {
    invariant: 'I6',
    title: 'a party reports what it does not hold',
    bad: [
      [0, 'ann', view({ id: 'a', seq: 1 })],
      [1, 'ann', { type: 'cursor', c: 'c1', delivered: 2, read: 1 }]
    ],
    good: [
      [0, 'ann', view({ id: 'a', seq: 1 }, { id: 'b', seq: 2 })],
      [1, 'ann', { type: 'cursor', c: 'c1', delivered: 2, read: 1 }]
    ]
  },
  {
    invariant: 'I6',
    title: 'a party reports its own message, and one before it that it does not hold',
    bad: [
      [0, 'ann', view({ id: 'a', seq: 1 })],
      [1, 'ann', { type: 'acked', ...log, seq: 3, id: 'c' }],
      [2, 'ann', { type: 'cursor', c: 'c1', delivered: 3, read: 1 }]
    ],
    good: [
      [0, 'ann', view({ id: 'a', seq: 1 })],
      [1, 'ann', { type: 'acked', ...log, seq: 2, id: 'b' }],
      [2, 'ann', { type: 'cursor', c: 'c1', delivered: 2, read: 1 }]
    ]
  },
  {
    invariant: 'I6',
    title: 'a bubble goes from read back to sent',
    bad: [
      [0, 'ann', view({ id: 'a', seq: 1, state: 'read' })],
      [1, 'ann', view({ id: 'a', seq: 1, state: 'sent' })]
    ],
    good: [
      [0, 'ann', view({ id: 'a', seq: 1, state: 'sent' })],
      [1, 'ann', view({ id: 'a', seq: 1, state: 'read' })]
    ]
  },
  {
    invariant: 'I10',
    title: 'a queue is longer than it may be',
    bad: [[0, 'backend', { type: 'gauge', name: 'queuedBytes', value: 1_048_577, max: 1_048_576 }]],
    good: [[0, 'backend', { type: 'gauge', name: 'queuedBytes', value: 1_048_576, max: 1_048_576 }]]
  },
  {
    invariant: 'I12',
    title: 'a party hears on after its rights ended',
    bad: [
      [0, 'backend', { type: 'rights', of: 'ann', c: 'c1', isAllowed: true }],
      [1, 'backend', { type: 'rights', of: 'ann', c: 'c1', isAllowed: false }],
      [2, 'ann', { type: 'heard', ...log, seq: 1, id: 'a' }]
    ],
    good: [
      [0, 'backend', { type: 'rights', of: 'ann', c: 'c1', isAllowed: true }],
      [1, 'ann', { type: 'heard', ...log, seq: 1, id: 'a' }],
      [2, 'backend', { type: 'rights', of: 'ann', c: 'c1', isAllowed: false }]
    ]
  },
  {
    invariant: 'I13',
    title: 'an old connection’s end takes the new one’s presence away',
    bad: [
      [0, 'backend', { type: 'welcomed', client: 'ben', generation: 1 }],
      [1, 'backend', { type: 'welcomed', client: 'ben', generation: 2 }],
      [2, 'backend', { type: 'effect', client: 'ben', generation: 1, on: 'presence' }]
    ],
    good: [
      [0, 'backend', { type: 'welcomed', client: 'ben', generation: 1 }],
      [1, 'backend', { type: 'effect', client: 'ben', generation: 1, on: 'presence' }],
      [2, 'backend', { type: 'welcomed', client: 'ben', generation: 2 }]
    ]
  }
]

/** Of what pages and their backend say about texts. */
export const messageExamples: readonly Example[] = [...stored, ...authors, ...readers]
