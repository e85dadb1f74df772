import { describe, expect, it } from 'vitest'
import { runOnce, simulateAll } from './simulation/simulate.js'
import type { Step } from './simulation/steps.js'

describe('in any world', () => {
  it('every promise holds, whatever pages, networks and servers do', async () => {
    const { failure, runs } = await simulateAll({ seed: 1, runs: 240, maxSteps: 80 })
    expect(failure && { seed: failure.seed, steps: JSON.stringify(failure.steps), violations: failure.violations }).toBeUndefined()
    expect(runs).toBe(240)
  }, 180_000)
})

/** Runs that were found by the simulation to break a promise, made as short as they get. */
const found: readonly (readonly [title: string, seed: number, steps: string])[] = [
  ['a number that was only guessed went out and overtook', 956665664, `newTab 11 9999, reload 3 9, close 2 1, send 5 9998, sendMany 0 2`],
  ['a conversation was asked for in a black hole, and never again', -2147483619, `offline 0 1371, send 0 9986, send 3 3871`],
  ['two tabs began one conversation, and the later text came first', -2147483642, `newTab 4 7496, send 8 5949, kill 4 5093, send 6 6172`],
  ['a request brought a conversation while another was asked for', -1339898931, `leaveRequest 11 1669, sendRefused 11 8402, wait 10 7632`],
  ['a tab was closed, and the other one did not know what it left', -1131122834, `send 3 2803, newTab 6 7152, send 5 5638, close 2 1961`],
  [
    'a tab with a conversation overtook one that waited for it',
    1928359184,
    `newTab 4 8182, close 9 9415, leaveRequest 6 7031, sendRefused 1 9539, close 7 8136, newTab 9 7571, send 0 7691, send 9 6757,
     wait 4 4475`
  ],
  [
    'what a closed tab left stood in a conversation that nobody has any more',
    1362690220,
    `send 5 3144, waitLong 11 6059, newTab 7 5138, sendRefused 2 2911, close 8 6166, restore 11 4769, send 6 221, hide 5 6592`
  ],
  [
    'an answer to a change was kept before the change',
    -2094998554,
    `send 2 2206, reload 4 3645, wait 9 481, restore 8 7757, leave 9 6175, newTab 4 198, send 1 1104, send 2 569, wait 3 2903`
  ],
  [
    'a tab wrote to a conversation that another one had forgotten',
    -260629055,
    `newTab 10 7447, send 3 4038, wait 6 1933, reset 8 4648, sendMany 10 4637, part 5 4486, cut 4 8065, send 9 8019, wait 1 6999,
     close 6 8534`
  ],
  [
    'a held request was not sent again, because its session was replaced too soon',
    -487624730,
    `send 5 2075, leaveRequest 5 7393, reload 6 8482, part 4 1650, wait 0 7796`
  ],
  [
    'a request stood in a tab’s own storage alone when the tab was closed',
    -262743409,
    `close 1 4061, close 3 3378, kill 10 2779, newTab 8 5494, leaveRequest 2 8710, reload 5 3780, close 0 3648`
  ],
  [
    'a tab took the text of a conversation that another one had just begun for forgotten',
    -2147483626,
    `reload 10 4714, send 6 8601, offline 10 7228, newTab 7 9011, wait 5 4256, send 8 7955, online 3 1098, leaveRequest 5 9560,
     sendMany 8 7873`
  ],
  ['what was typed in the moments of a reset was gone with a reload', 188140322, `reset 11 2047, hole 5 698, cut 4 1726, type 3 9486, reload 3 5217`],
  [
    'numbers of one device went out in a session of another',
    -318972213,
    `reset 11 4218, newTab 9 8115, sendMany 7 5237, waitLong 0 3084, send 8 9134, wait 6 2764, close 8 1953, sendMany 9 6837`
  ],
  [
    'a text stood in the one of two conversations that was not on show',
    -1888155415,
    `leaveRequest 10 6677, send 11 2402, send 5 8672, kill 5 13, newTab 0 7, wait 2 5475, wait 0 8252, wait 1 8930, start 4 13,
     send 11 411, wait 4 9988, send 0 6, close 1 9, reload 8 7`
  ],
  [
    'a text failed in a conversation that was not on show',
    639193773,
    `newTab 2 9114, newTab 2 6024, leaveRequest 2 9463, send 11 9003, wait 0 315, kill 0 4665, reload 0 4449, send 11 9986,
     sendRefused 1 9986, reload 7 7192`
  ],
  [
    'what another tab began waited behind what had failed in this one',
    -2,
    `comeBack 9 4375, send 9 4254, newTab 1 9584, kill 2 438, limit 1 9042, restore 5 4605, comeBack 5 7581, newTab 6 7172,
     newTab 9 4598, waitLong 8 3327, sendRefused 6 4068, show 1 8466, comeBack 2 8545, send 0 9246, kill 7 4539, comeBack 9 4048,
     reload 1 3108, restore 0 8904, wait 4 7253, sendMany 6 6150`
  ],
  [
    'what waited got the numbers of what had been refused in between',
    -1795913408,
    `newTab 11 6740, send 1 7454, leave 10 5146, wait 3 9104, kill 10 4893, sendRefused 8 216, sendMany 11 4207`
  ],
  [
    'a conversation that another tab had moved a text out of was counted from 1 again',
    -1716935853,
    `online 6 9739, send 8 6862, leave 1 1514, cut 9 2713, send 4 6919, send 0 6607, loadOlder 11 769, leaveRequest 3 9614, send 5 8419,
     lossyNetwork 0 250, send 10 5738, show 9 64, comeBack 3 9434, newTab 7 8391, wait 5 9922, send 2 8105, kill 7 1717, send 11 2186`
  ],
  [
    'a tab that stood in the old epoch took away what another one offered to the new one',
    807246932,
    `send 9 4380, newTab 3 9989, sendMany 1 3283, newTab 8 2603, wait 11 12, backUp 3 806, send 0 5133, wait 2 6373, newTab 3 217,
     offline 9 8425, cut 9 793, restore 9 9998, newTab 3 675`
  ],
  [
    'what was offered again went out beside what was written later, under numbers that were used up',
    -1641595623,
    `goodNetwork 10 8256, sendMany 7 8446, newTab 5 5461, backUp 10 2037, wait 4 7185, restore 7 9267, newTab 7 6096, newTab 2 7592,
     sendRefused 7 9357, send 3 7980, wait 7 7801`
  ],
  [
    'a tab that had read nothing sent, before what another one had read of the old epoch was offered',
    -558165375,
    `send 2 7699, newTab 1 214, backUp 6 5010, newTab 4 2731, newTab 8 7657, close 10 6057, send 10 1154, part 9 598, online 7 6081,
     reload 10 9713, newTab 7 4088, restore 1 8996, wait 1 4085`
  ],
  [
    'a text overtook one that another tab had written to a conversation of the visitor before',
    -2147483639,
    `reload 11 1096, newTab 7 9907, wait 2 4664, close 5 217, comeBack 9 6688, sendRefused 4 9883, wait 5 4205, leave 11 3054,
     reset 4 1779, wait 8 3467, restore 2 4001, send 8 684, newTab 0 9661, send 5 9546, restore 6 7870, wait 5 2191, kill 6 8581,
     send 5 2923, send 0 8003`
  ],
  [
    'two tabs made two requests of one whose id was taken',
    -1614156255,
    `goodNetwork 7 4086, close 3 7659, close 10 9600, newTab 1 7477, leaveRequest 2 1650, leave 10 9989, comeBack 3 9998, newTab 7 2067,
     newTab 1 9006, leaveRequest 8 9989, newTab 9 9`
  ],
  [
    'a request whose outcome is unknown was shown with the words of another one',
    -1961072528,
    `newTab 10 7025, newTab 1 6181, leaveRequest 2 1572, part 1 10, close 6 9198, leaveRequest 0 7556, restore 11 2888, close 0 5084,
     newTab 10 4218, newTab 4 7003`
  ],
  ['a request that was stored counted as typed when its page died before it knew', -244228427, `leaveRequest 5 777, reload 1 4698, restore 9 1553`],
  [
    'an answer of the conversation that a text had left failed it in the next one',
    -845078789,
    `sendRefused 10 9666, show 10 2191, send 0 5571, lossyNetwork 10 3491, restore 9 2691, online 6 3540, backUp 1 2672, newTab 8 7616,
     wait 2 7813, leaveRequest 3 4472, send 11 4385, sendMany 6 231, send 3 5415, restore 1 2258, leaveRequest 10 8841, send 3 1059,
     restore 10 2005, newTab 8 5890, sendMany 3 1904, comeBack 6 6478, comeBack 11 1628, sendMany 10 9504, sendRefused 2 271,
     wait 7 187`
  ],
  [
    'a text that found room at the second try stood behind what came after it',
    294157916,
    `newTab 6 5795, sendMany 9 7305, toggle 9 8342, send 1 5968, fillDisk 2 2498`
  ],
  ['two tabs that found no room on their device gave out the same numbers', 26, `send 10 11, noRoom 0 8, newTab 0 9086, send 3 8183, sendMany 11 13`],
  [
    'a page that died while it found no room on the device was followed by one that showed its text twice',
    -16,
    `fillDisk 9 4043, leaveRequest 1 8524, cut 9 5590, send 9 6381, reload 3 1505`
  ],
  [
    'a page that looked at the device while it found no room there forgot what it was keeping',
    -1795400752,
    `fillDisk 8 3741, send 0 910, toggle 5 9274, comeBack 2 1961, hole 5 5494`
  ],
  [
    'texts that found room again were numbered as the page had to while it had none',
    2147483626,
    `newTab 11 656, sendRefused 1 8078, send 11 3370, newTab 6 9845, newTab 2 1549, wait 5 7494, send 6 6002, closeChat 4 5312,
     noRoom 5 6734, send 11 4074, send 11 6876, wait 0 4226, newTab 11 7717, sendMany 7 5206`
  ],
  [
    'a hidden page that was told to come back in ten seconds came back in five minutes, although somebody looked at it',
    -888220270,
    `kill 11 4052, reloadConsole 10 13, send 9 8004, waitLong 7 9987, sendMany 4 9987, hide 9 4, turnAway 11 4630`
  ],
  [
    'numbers given anew went out eight at a time, and some that were on their way from another tab used up the first of them',
    292241748,
    `offline 4 873, offline 1 1981, turnAway 0 1014, close 11 4564, sleep 7 5552, waitLong 4 8766, cut 10 1831, restore 11 5196, wait 4 7755,
     sendMany 0 7388, sendMany 1 6680, send 2 8566, leaveRequest 3 6440, send 0 6106, send 9 107, wait 5 6640, send 9 4245,
     reloadConsole 9 2097, wait 4 7616, send 2 5029, sendRefused 1 7442, badNetwork 8 2695, waitLong 2 2117, newTab 2 6324, limit 5 2531,
     wait 8 2727`
  ],
  [
    'the late answer of a server that is gone took away what another tab had offered to the one that was restored',
    -1339521096,
    `sendRefused 5 5376, reload 2 4486, leaveRequest 6 4891, send 3 3056, backUp 9 9995, wait 1 8260, type 6 11, newTab 5 788, reply 4 1225,
     reload 4 1726, markRead 0 4, wait 8 9998, badNetwork 1 1251, reply 7 1921, sendMany 1 4243, newTab 5 1939, comeBack 1 2463,
     operatorReads 8 3770, closeChat 3 4968, wait 6 4640, restore 4 1594, send 1 4796, wait 3 5875`
  ],
  [
    'what a page had offered again, and died before that was kept, stood behind everything for the next one',
    -22,
    `wait 10 5118, sendMany 9 4479, leaveRequest 6 681, wait 5 9841, reply 5 4397, reply 4 1202, reply 10 8622, turnAway 2 9289,
     restore 4 4121, reload 5 7127, send 1 8731, closeChat 10 2419, send 3 4417, offline 6 4829, show 11 5233, offline 0 2959,
     send 7 879, reply 3 2692, send 8 368, online 4 552, wait 9 5248, wait 2 4316, hide 0 2957, wait 2 373, reply 6 1510,
     comeBack 2 8384, reply 10 5786, markRead 1 5196, waitLong 7 632, reloadConsole 4 6860, close 9 1739, wait 6 8742,
     backUp 4 2124, send 2 1061, leaveRequest 10 6517, wait 7 8070, reply 5 7036, restore 2 1370, send 10 324, send 5 2678,
     wait 2 6992, send 11 6756, send 5 7498, reply 9 654, sendMany 6 8851, reload 9 6525, kill 7 7124`
  ]
]

function stepsOf(text: string): readonly Step[] {
  return text.split(',').map((step) => {
    const [name, who, what] = step.trim().split(' ')
    return [name as Step[0], Number(who), Number(what)]
  })
}

describe('once found, and mended', () => {
  it.each(found)('%s', async (_, seed, steps) => {
    expect((await runOnce(seed, stepsOf(steps))).violations).toEqual([])
  })
})
