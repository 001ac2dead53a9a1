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
        // What the first picture needs, the YAML editor with what only it needs, and the rest. Each file more is a way more
        // through Go and back.
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'], priority: 2 },
            {
              name: (id, module) => (isEditors(id, module) ? 'editor' : 'late'),
              includeDependenciesRecursively: false,
            },
          ],
        },
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

interface Graph {
  getModuleInfo(id: string): { importers: string[]; dynamicImporters: string[] } | null
}

/** Whether a module is the YAML editor's, or is asked for by such modules alone. */
function isEditors(id: string, graph: Graph, seen = new Set<string>()): boolean {
  if (/features.object.YamlPart\.tsx$/.test(id)) return true
  const info = graph.getModuleInfo(id)
  if (!info || seen.has(id)) return info !== null
  seen.add(id)
  const { importers, dynamicImporters } = info
  return dynamicImporters.length === 0 && importers.length > 0 && importers.every((one) => isEditors(one, graph, seen))
}
