import { describe, expect, it } from 'vitest'
import { readConfig } from '../config.js'

function read(url: string, from = 'chat@example.com'): ReturnType<typeof readConfig> {
  return readConfig({ PORCHLIGHT_SMTP_URL: url, PORCHLIGHT_MAIL_FROM: from })
}

function faultsOf(env: Record<string, string>): readonly string[] {
  const config = readConfig(env)
  return config.isGood ? [] : config.faults
}

describe('the URL of a mail server', () => {
  it.each([
    ['smtps://mail.example.com', { host: 'mail.example.com', port: 465, isSecure: true }],
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, isSecure: false }],
    ['smtp://127.0.0.1:1025/', { host: '127.0.0.1', port: 1025, isSecure: false }],
    ['smtp://[::1]:25', { host: '::1', port: 25, isSecure: false }],
    [
      'smtps://chat%40example.com:p%3Ass%2Fw%25rd@mail.example.com:4650',
      { host: 'mail.example.com', port: 4650, isSecure: true, account: { user: 'chat@example.com', password: 'p:ss/w%rd' } }
    ]
  ])('%s is read whole', (url, server) => {
    expect(read(url)).toMatchObject({ isGood: true, options: { mail: { server, from: 'chat@example.com' } } })
  })

  it.each([
    ['mail.example.com', 'cannot be read'],
    ['https://user:hunter2@mail.example.com', 'begins neither with smtp:// nor with smtps://'],
    ['smtp://', 'cannot be read|names no server'],
    ['smtp:mail.example.com', 'names no server'],
    ['smtp://user:hunter2@mail.example.com:99999', 'cannot be read'],
    ['smtp://user:hunter2@mail.example.com/inbox', 'goes on after the server and its port'],
    ['smtp://user:hunter2@mail.example.com?pool=true', 'goes on after the server and its port'],
    ['smtp://hunter2@mail.example.com', 'a user or a password without the other'],
    ['smtp://:hunter2@mail.example.com', 'a user or a password without the other'],
    ['smtp://user:hunter2%zz@mail.example.com', 'a percent sign']
  ])('that cannot be (%s) is one fault that says why, without the password', (url, why) => {
    const faults = faultsOf({ PORCHLIGHT_SMTP_URL: url, PORCHLIGHT_MAIL_FROM: 'chat@example.com' })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^PORCHLIGHT_SMTP_URL: expected a URL such as smtps://\\S+, since .*(${why})`))
    expect(faults.join()).not.toContain('hunter2')
  })

  it('goes together with the address that mail comes from, and that is one address', () => {
    const url = 'smtp://user:hunter2@mail.example.com'
    expect(faultsOf({ PORCHLIGHT_SMTP_URL: url })).toEqual([expect.stringMatching(/^PORCHLIGHT_SMTP_URL is set alone: .*together, or neither$/)])
    expect(faultsOf({ PORCHLIGHT_MAIL_FROM: 'chat@example.com' })).toEqual([expect.stringMatching(/^PORCHLIGHT_MAIL_FROM is set alone/)])
    for (const from of ['chat', 'Shop <chat@example.com>', 'a@example.com, b@example.com', 'chat@example.com\nBcc: eve@evil.example'])
      expect(faultsOf({ PORCHLIGHT_SMTP_URL: url, PORCHLIGHT_MAIL_FROM: from })).toEqual([
        expect.stringMatching(/^PORCHLIGHT_MAIL_FROM is ".*": expected one address such as chat@example.com/)
      ])
    expect(faultsOf({ PORT: 'x', PORCHLIGHT_SMTP_URL: 'x', PORCHLIGHT_MAIL_FROM: 'x' })).toHaveLength(3)
  })
})
