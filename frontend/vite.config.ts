import { writeFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { preloadFonts, trimPatternFly } from './patternfly.config.ts'

export default defineConfig({
  plugins: [
    react(),
    trimPatternFly(),
    preloadFonts(),
    // go:embed wants a file in dist in a fresh clone; emptying dist takes it away.
    { name: 'keep', closeBundle: () => writeFileSync('dist/.gitkeep', '') },
  ],
  // safari16 is the oldest WebKit among the system webviews that Wails meets. Inlined assets would need data: in the CSP.
  build: {
    target: 'safari16',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Two parts: what the first picture needs, and the rest. Each file more is a way more through Go and back.
        codeSplitting: { groups: [{ name: 'start', tags: ['$initial'], priority: 1 }, { name: 'late' }] },
      },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
  },
})
