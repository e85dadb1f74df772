import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { commitId, sourcesId } from './sources-id.mjs'

/** `npm test` needs none, the long run does. */
const hasGit = spawnSync('git', ['--version']).status === 0
let clone = ''
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'porchlight-sources-'))
  if (hasGit) execFileSync('git', ['init', '-q'], { cwd: clone })
  mkdirSync(join(clone, 'docs'))
  write('known.txt', 'one')
})
afterEach(() => rmSync(clone, { recursive: true }))

/** @param {string} name @param {string} text */
function write(name, text) {
  writeFileSync(join(clone, name), text)
}

it.runIf(hasGit)('another text, another file and one less are other sources; the evidence itself and what git ignores are none', () => {
  const seen = [sourcesId(clone)]
  write('.gitignore', 'built.txt\n')
  seen.push(sourcesId(clone))
  write('new.txt', 'two')
  seen.push(sourcesId(clone))
  write('new.txt', 'three')
  seen.push(sourcesId(clone))
  execFileSync('git', ['add', 'new.txt'], { cwd: clone })
  rmSync(join(clone, 'new.txt'))
  expect(new Set(seen).size).toBe(4)
  expect(sourcesId(clone)).toBe(seen[1])
  write('docs/evidence.json', '{}')
  write('built.txt', 'much')
  expect(sourcesId(clone)).toBe(seen[1])
})

it.runIf(hasGit)('what is checked out is named by its commit', () => {
  const git = (/** @type {string[]} */ ...words) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: clone, encoding: 'utf8' })
  git('add', 'known.txt')
  git('commit', '-qm', 'first')
  expect(git('rev-parse', 'HEAD')).toContain(commitId(clone))
  expect(commitId(clone)).toMatch(/^[0-9a-f]{12}$/)
})

it('without git there is nothing to tell what was tested', () => {
  rmSync(join(clone, '.git'), { recursive: true, force: true })
  expect(() => sourcesId(clone)).toThrow(/in a clone only/)
})
