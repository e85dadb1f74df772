import { defineConfig } from 'vitest/config'
import { textModules } from './scripts/text-modules.mjs'

const resolve = { conditions: ['@porchlight/source'] }
const ssr = { resolve: { conditions: ['@porchlight/source'] } }
/** @type {import('vite').OxcOptions} */
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } }

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
          environment: 'jsdom',
          include: ['packages/{widget,console,ui}/{src,test}/**/*.test.{ts,tsx}']
        }
      },
      { test: { name: 'built', environment: 'node', include: ['packages/e2e/built/**/*.test.ts'] } },
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
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false
        }
      }
    ]
  }
})
