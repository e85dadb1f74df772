import { defineConfig } from 'vitest/config'
import { textModules } from './scripts/text-modules.mjs'

const resolve = { conditions: ['@porchlight/source'] }
const ssr = { resolve: { conditions: ['@porchlight/source'] } }
/** @type {import('vite').OxcOptions} */
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } }

// Fast-check is loaded for this alone, so only where it is asked for.
const runs = process.env['PORCHLIGHT_TEST_RUNS'] ? { setupFiles: ['scripts/property-runs.mjs'], testTimeout: 300_000 } : {}

/** A test that hangs ends by this; one that is slow because the machine does other things at once does not. */
const watchdog = { testTimeout: 20_000 }

export default defineConfig({
  test: {
    // Each gate runs one project by itself, so it has all processors.
    maxWorkers: '100%',
    projects: [
      {
        resolve,
        ssr,
        oxc,
        plugins: [textModules()],
        test: {
          name: 'unit',
          ...watchdog,
          ...runs,
          environment: 'node',
          include: ['packages/*/{src,test}/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['packages/{widget,console,ui}/**', '**/node_modules/**', '**/dist/**']
        }
      },
      {
        // Testing Library's own copy is an older one, whose dependencies do not load in a context.
        resolve: { ...resolve, dedupe: ['@testing-library/dom'] },
        ssr,
        oxc,
        plugins: [textModules()],
        test: {
          name: 'dom',
          ...watchdog,
          ...runs,
          environment: './scripts/page-environment.mjs',
          // A context a file keeps files as far apart as a process a file, and jsdom, the dearest thing to load, is loaded once a worker.
          pool: 'vmForks',
          server: { deps: { inline: [/@testing-library/] } },
          include: ['packages/{widget,console,ui}/{src,test}/**/*.test.{ts,tsx}']
        }
      },
      {
        test: {
          name: 'built',
          environment: 'node',
          include: ['packages/e2e/built/**/*.test.ts'],
          globalSetup: ['packages/e2e/harness/prepare-data.ts'],
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 60_000,
          fileParallelism: false
        }
      },
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
          globalSetup: ['packages/e2e/harness/prepare-data.ts'],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2
        }
      }
    ]
  }
})
