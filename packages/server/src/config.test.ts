import { describe, expect, it } from 'vitest'
import { readConfig } from './config.js'

function faultsOf(env: Record<string, string>): readonly string[] {
  const config = readConfig(env)
  return config.isGood ? [] : config.faults
}

describe('an environment', () => {
  it('without variables gives the defaults', () => {
    expect(readConfig({})).toMatchObject({ isGood: true, options: { port: 4700, host: '127.0.0.1', dataFolder: './.porchlight', isDemo: false } })
  })

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', PORCHLIGHT_PUBLIC_URL: ' ', PORCHLIGHT_OWNER_EMAIL: '' })).toMatchObject({ isGood: true, options: { port: 4700 } })
  })

  it('has all its faults reported at once', () => {
    const faults = faultsOf({
      PORT: 'http',
      PORCHLIGHT_DEMO: 'yes',
      PORCHLIGHT_PUBLIC_URL: 'shop',
      PORCHLIGHT_TRUST_PROXY: 'true',
      PORCHLIGHT_LIMITS: '{'
    })
    expect(faults).toHaveLength(5)
    for (const [index, name] of ['PORT', 'PORCHLIGHT_PUBLIC_URL', 'PORCHLIGHT_TRUST_PROXY', 'PORCHLIGHT_LIMITS', 'PORCHLIGHT_DEMO'].entries()) {
      expect(faults[index]).toMatch(new RegExp(`^${name} is ".+": expected `))
    }
  })

  it.each([
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['PORCHLIGHT_DEMO', 'true'],
    ['PORCHLIGHT_LOG', 'verbose'],
    ['PORCHLIGHT_LOG', 'INFO'],
    ['PORCHLIGHT_PUBLIC_URL', 'https://chat.example.com/path'],
    ['PORCHLIGHT_PUBLIC_URL', 'https://chat.example.com?x'],
    ['PORCHLIGHT_PUBLIC_URL', 'https://user:word@chat.example.com'],
    ['PORCHLIGHT_PUBLIC_URL', 'ftp://chat.example.com'],
    ['PORCHLIGHT_PUBLIC_URL', 'http://chat.example.com'],
    ['PORCHLIGHT_PUBLIC_URL', 'http://192.168.1.5:4700'],
    ['PORCHLIGHT_TRUST_PROXY', '0'],
    ['PORCHLIGHT_TRUST_PROXY', '10.0.0.0/33'],
    ['PORCHLIGHT_TRUST_PROXY', '10.0.0.0/8,nginx'],
    ['PORCHLIGHT_LIMITS', '[]'],
    ['PORCHLIGHT_LIMITS', '{"requestsPerAddress":20}'],
    ['PORCHLIGHT_LIMITS', '{"requestsPerAdress":{"count":20,"perMs":1000}}'],
    ['PORCHLIGHT_LIMITS', '{"requestsPerAddress":{"count":0,"perMs":1000}}'],
    ['PORCHLIGHT_OWNER_EMAIL', 'owner']
  ])('with %s=%s names the variable, the value and what is expected', (name, value) => {
    const fault = faultsOf({ [name]: value }).find((each) => each.startsWith(name)) ?? ''
    expect(fault).toContain(JSON.stringify(value))
    expect(fault).toContain('expected')
  })

  it('with PORCHLIGHT_NATS_URL says that this is not built', () => {
    const faults = faultsOf({ PORCHLIGHT_NATS_URL: 'nats://user:hunter2@bus.example' })
    expect(faults).toEqual([expect.stringMatching(/^PORCHLIGHT_NATS_URL is set, .*not built yet/)])
    expect(faults.join()).not.toContain('hunter2')
  })

  it('may name SQLite as its database, and no other, without its password being printed', () => {
    expect(faultsOf({ PORCHLIGHT_DATABASE_URL: 'sqlite' })).toEqual([])
    const faults = faultsOf({ PORCHLIGHT_DATABASE_URL: 'postgres://chat:hunter2@db/chat' })
    expect(faults).toHaveLength(1)
    expect(faults.join()).toMatch(/^PORCHLIGHT_DATABASE_URL: .*not built yet$/)
    expect(faults.join()).not.toContain('hunter2')
  })

  it('takes an owner only with an address and a good password, which is never printed', () => {
    const email = 'owner@shop.example'
    expect(readConfig({ PORCHLIGHT_OWNER_EMAIL: email, PORCHLIGHT_OWNER_PASSWORD: 'a quiet porch light' })).toMatchObject({
      options: { owner: { email, password: 'a quiet porch light' } }
    })
    const short = faultsOf({ PORCHLIGHT_OWNER_EMAIL: email, PORCHLIGHT_OWNER_PASSWORD: 'hunter2' })
    expect(short).toEqual([expect.stringContaining('12 to 128 characters')])
    expect(short.join()).not.toContain('hunter2')
    expect(faultsOf({ PORCHLIGHT_OWNER_EMAIL: email, PORCHLIGHT_OWNER_PASSWORD: 'password12345' })).toHaveLength(1)
    expect(faultsOf({ PORCHLIGHT_OWNER_EMAIL: email })).toEqual([expect.stringContaining('together, or neither')])
    expect(faultsOf({ PORCHLIGHT_OWNER_PASSWORD: 'a quiet porch light' })).toHaveLength(1)
  })

  it('listens for other machines only under a public https address', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'chat.local', '127.0.0.1.evil.example']) {
      expect(faultsOf({ HOST: host })).toEqual([expect.stringContaining('PORCHLIGHT_PUBLIC_URL')])
      expect(faultsOf({ HOST: host, PORCHLIGHT_PUBLIC_URL: 'https://chat.example.com' })).toEqual([])
      expect(faultsOf({ HOST: host, PORCHLIGHT_PUBLIC_URL: 'http://localhost:4700' })).toEqual([expect.stringContaining(`HOST is "${host}"`)])
      expect(faultsOf({ HOST: host, PORCHLIGHT_PUBLIC_URL: 'http://chat.example.com' })).toEqual([
        expect.stringMatching(/^PORCHLIGHT_PUBLIC_URL is /)
      ])
    }
    for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '::1']) expect(faultsOf({ HOST: host })).toEqual([])
    expect(faultsOf({ PORCHLIGHT_PUBLIC_URL: 'http://localhost:4700' })).toEqual([])
  })

  it('keeps the origin of a public URL', () => {
    expect(readConfig({ PORCHLIGHT_PUBLIC_URL: 'https://Chat.Example.com:443/' })).toMatchObject({
      options: { publicUrl: 'https://chat.example.com' }
    })
  })

  it('reads hop counts, networks and limits', () => {
    expect(readConfig({ PORCHLIGHT_TRUST_PROXY: '2' })).toMatchObject({ options: { trustProxy: 2 } })
    expect(readConfig({ PORCHLIGHT_TRUST_PROXY: '10.0.0.0/8, ::1' })).toMatchObject({ options: { trustProxy: '10.0.0.0/8,::1' } })
    const limits = { messageBurst: { count: 50, perMs: 1000 } }
    expect(readConfig({ PORCHLIGHT_LIMITS: JSON.stringify(limits) })).toMatchObject({ options: { limits } })
  })

  it('has names of ours that nobody knows pointed out', () => {
    expect(readConfig({ PORCHLIGHT_DATEN: 'x', PATH: '/bin' })).toMatchObject({ isGood: true, unknownNames: ['PORCHLIGHT_DATEN'] })
  })
})
