import { fileURLToPath } from 'node:url'
import { defineConfig, mergeConfig } from 'vite'
import product from '../vite.config.mts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The compositor's page with a made-up controller in it, built as the product is. */
export default mergeConfig(
  product,
  defineConfig({ root: here('.'), build: { outDir: here('../../build/compositor-fixture') } }),
)
