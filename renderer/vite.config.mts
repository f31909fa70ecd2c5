import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The chrome UI as plain files. Its page allows no inline script or style and no data: fonts, so that nothing is inlined
 * and no helper script is put into the page.
 */
export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [react()],
  build: {
    outDir: here('../build/chrome'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    // the Chromium that Electron 45 carries
    target: 'chrome144',
    cssTarget: 'chrome144',
    sourcemap: false,
    // the files come from this machine's disk; splitting them would gain nothing
    chunkSizeWarningLimit: 2_000,
  },
})
