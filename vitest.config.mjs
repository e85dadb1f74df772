import { defineConfig } from 'vitest/config'
import { textModules } from './scripts/text-modules.mjs'

const resolve = { conditions: ['@porchlight/source'] }
const ssr = { resolve: { conditions: ['@porchlight/source'] } }
/** @type {import('vite').OxcOptions} */
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } }

// Fast-check is loaded for this alone, so only where it is asked for.
const runs = process.env['PORCHLIGHT_TEST_RUNS'] ? { setupFiles: ['scripts/property-runs.mjs'], testTimeout: 300_000 } : {}

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        oxc,
        plugins: [textModules()],
        test: {
          name: 'unit',
          ...runs,
          environment: 'node',
          include: ['packages/*/{src,test}/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['packages/{widget,console,ui}/**', '**/node_modules/**', '**/dist/**']
        }
      },
      {
        resolve,
        ssr,
        oxc,
        plugins: [textModules()],
        test: {
          name: 'dom',
          ...runs,
          environment: 'jsdom',
          include: ['packages/{widget,console,ui}/{src,test}/**/*.test.{ts,tsx}']
        }
      },
      { test: { name: 'built', environment: 'node', include: ['packages/e2e/built/**/*.test.ts'], hookTimeout: 60_000, fileParallelism: false } },
      {
        test: {
          name: 'examples',
          environment: 'node',
          include: ['packages/e2e/examples/**/*.e2e.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          fileParallelism: false
        }
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['packages/e2e/tests/**/*.e2e.ts'],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false
        }
      }
    ]
  }
})
