import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The compositor's page as plain files. Its policy allows no inline script or style. */
export default defineConfig({
  root: here('.'),
  base: './',
  build: {
    outDir: here('../build/compositor'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    // the Chromium that Electron 45 carries
    target: 'chrome144',
    cssTarget: 'chrome144',
    sourcemap: false,
  },
})
