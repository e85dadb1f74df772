import { describe, expect, it } from 'vitest'
import { createPasswordHasher } from './password-hash.js'

const cost = 2 ** 10

describe('a password hash', () => {
  it('fits its password and no other', async () => {
    const passwords = createPasswordHasher({ cost })
    const stored = await passwords.hash('a quiet porch light')
    expect(await passwords.verify('a quiet porch light', stored)).toEqual({ isRight: true, isOutdated: false })
    expect(await passwords.verify('a quiet porch lighT', stored)).toEqual({ isRight: false, isOutdated: false })
  })

  it('is different each time, and never holds the password', async () => {
    const passwords = createPasswordHasher({ cost })
    const [one, other] = await Promise.all([passwords.hash('a quiet porch light'), passwords.hash('a quiet porch light')])
    expect(one).not.toBe(other)
    expect(one).toMatch(/^scrypt\$10\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
  })

  it('made with other parameters still fits, and is said to be outdated', async () => {
    const stored = await createPasswordHasher({ cost: 2 ** 9 }).hash('a quiet porch light')
    expect(await createPasswordHasher({ cost }).verify('a quiet porch light', stored)).toEqual({ isRight: true, isOutdated: true })
  })

  it('of an account that does not exist is never right', async () => {
    expect((await createPasswordHasher({ cost }).verify('a quiet porch light', null)).isRight).toBe(false)
  })

  it('of a composed and of a decomposed accent is the same', async () => {
    const passwords = createPasswordHasher({ cost })
    expect((await passwords.verify('cafe\u0301 at midnight', await passwords.hash('caf\u00e9 at midnight'))).isRight).toBe(true)
  })

  it('is made with N = 2^17, r = 8, p = 1 unless a test says otherwise', async () => {
    expect(await createPasswordHasher().hash('a quiet porch light')).toMatch(/^scrypt\$17\$8\$1\$/)
  })

  it('is refused when more than a hundred wait', async () => {
    const passwords = createPasswordHasher({ cost: 2 ** 4 })
    const results = await Promise.allSettled(Array.from({ length: 150 }, () => passwords.hash('a quiet porch light')))
    const refused = results.filter((each) => each.status === 'rejected')
    expect(refused.length).toBeGreaterThanOrEqual(46)
    expect(refused.every(({ reason }) => reason.code === 'busy')).toBe(true)
    await expect(passwords.hash('a quiet porch light')).resolves.toContain('scrypt')
  })
})
