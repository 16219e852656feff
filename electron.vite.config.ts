import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          index: at('main/index.ts'),
          'cache-worker': at('main/cache/worker.ts'),
          'host-worker': at('main/host/thread/worker.ts'),
          'host-log-worker': at('main/host/history/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload may require nothing but `electron`, so everything goes into the one file.
      externalizeDeps: false,
      lib: { entry: at('preload/index.ts'), formats: ['cjs'] },
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: at('renderer'),
    build: { minify: true, rolldownOptions: { input: { index: at('renderer/index.html') } } },
    plugins: [react()],
  },
})
