import { FuseV1Options, FuseVersion } from '@electron/fuses'
import { MakerDeb } from '@electron-forge/maker-deb'
import { MakerZIP } from '@electron-forge/maker-zip'
import { FusesPlugin } from '@electron-forge/plugin-fuses'
import type { ForgeConfig } from '@electron-forge/shared-types'

/** What the packaged application carries; everything else of the checkout stays behind. */
const packaged = [
  /^\/?$/,
  /^\/build(\/|$)/,
  /^\/assets(\/|$)/,
  /^\/package\.json$/,
  /^\/LICENSE$/,
  /^\/node_modules(\/|$)/,
]

const config: ForgeConfig = {
  packagerConfig: {
    name: 'Nexus',
    executableName: 'nexus',
    // Native code and models are read as files; the sound codecs under the LGPL must be replaceable (docs/adr/0012-audio.md).
    asar: {
      unpack:
        '**/{node_modules/{onnxruntime-node,mpg123-decoder,codec-parser,@wasm-audio-decoders},assets/models}/**',
    },
    ignore: file => file !== '' && !packaged.some(pattern => pattern.test(file)),
  },
  makers: [new MakerZIP({}), new MakerDeb({ options: { name: 'nexus', bin: 'nexus' } })],
  plugins: [
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
    }),
  ],
  hooks: {
    // The chrome UI is served from files by the application's own scheme, in development too, so that one strict
    // policy holds everywhere; hence a build before each start instead of a development server.
    generateAssets: async () => {
      const { buildApplication } = await import('./setup/build-application.ts')
      await buildApplication()
    },
  },
}

export default config
