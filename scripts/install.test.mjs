import { expect, it } from 'vitest'
import { isInstalled } from './install.mjs'

const locked = {
  '': { version: '1.0.0' },
  'packages/core': { version: '1.0.0' },
  'node_modules/@porchlight/core': { link: true },
  'node_modules/preact': { version: '11.0.0', integrity: 'sha512-a' },
  'node_modules/only-on-another-machine': { version: '1.0.0', integrity: 'sha512-b', optional: true }
}
const { '': _, 'node_modules/only-on-another-machine': __, ...installed } = locked

it('what npm recorded after installing the lock counts as installed, without what is for other machines', () => {
  expect(isInstalled(locked, installed)).toBe(true)
})

it.each([
  ['nothing is there', {}],
  ['a package is missing', { ...installed, 'node_modules/preact': undefined }],
  ['a package has another version', { ...installed, 'node_modules/preact': { version: '10.0.0', integrity: 'sha512-a' } }],
  ['a package has other bytes', { ...installed, 'node_modules/preact': { version: '11.0.0', integrity: 'sha512-c' } }]
])('%s: it is not installed', (_, found) => {
  expect(isInstalled(locked, /** @type {import('./install.mjs').LockedPackages} */ (found))).toBe(false)
})
