import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { capture } from './run-tool.mjs'

/** Runs one Vitest project. @param {string} project @param {boolean} isFull @returns {Promise<import('./gates.mjs').Result>} */
export async function runVitest(project, isFull) {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-test-'))
  const file = join(folder, 'report.json')
  try {
    const { output } = await capture(['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--reporter=json', `--outputFile=${file}`], {
      ...process.env,
      PORCHLIGHT_TEST_FULL: isFull ? '1' : '',
      PORCHLIGHT_TEST_RUNS: process.env['PORCHLIGHT_TEST_RUNS'] ?? (isFull ? '1000' : ''),
      ...(isFull && { PORCHLIGHT_TEST_LONG: '1', PORCHLIGHT_TEST_CROWD: process.env['PORCHLIGHT_TEST_CROWD'] ?? '5000' })
    })
    return summarise(readReport(file), output)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** @param {any} report @param {string} output @returns {import('./gates.mjs').Result} */
function summarise(report, output) {
  if (!report) return { passed: 0, failed: 1, say: output.trim() }
  const failures = report.testResults.flatMap((/** @type {any} */ file) => [
    ...(file.status === 'failed' && file.assertionResults.length === 0 ? [`${relative('.', file.name)}\n${file.message}`] : []),
    ...file.assertionResults
      .filter((/** @type {any} */ test) => test.status === 'failed')
      .map((/** @type {any} */ test) => `${relative('.', file.name)} > ${test.fullName}\n${test.failureMessages.join('\n')}`)
  ])
  const skipped = report.numPendingTests + report.numTodoTests
  return {
    passed: report.numPassedTests,
    failed: Math.max(failures.length, report.success ? 0 : 1),
    note: `${report.numPassedTests} passed in ${report.testResults.length} files${skipped ? `, ${skipped} skipped` : ''}`,
    say: [...failures, ...(failures.length === 0 ? [output.trim()] : [])].join('\n\n')
  }
}
