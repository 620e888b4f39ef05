import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['bsm-source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['bsm-source', 'module', 'node', 'development|production'] } },
  test: {
    environment: 'happy-dom',
    include: ['frontend-*/src/**/*.test.{ts,tsx}', 'clients/typescript/src/**/*.test.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
})
