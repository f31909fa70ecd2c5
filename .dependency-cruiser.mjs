// The layer rules of the house, each with its reason. Arrows go down only: processes, then contracts, then ipc.

const processFolders =
  '^(src|renderer|gpu|ai-service|network-service|storage-service|audio-service|p2p-service|cli)/'
const tests = '\\.(test|types\\.test)\\.tsx?$|/testing/|^tests/|/dev/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'ipc-stands-on-nothing',
      comment:
        'The message framework knows no process, no contract and no Electron, so that it serves all of them.',
      severity: 'error',
      from: { path: '^ipc/', pathNot: tests },
      to: { path: `${processFolders}|^contracts/|^electron-on-chromium/|^setup/|node_modules/electron/` },
    },
    {
      name: 'contracts-stand-on-ipc',
      comment: 'A contract is the only thing that two processes share; it must not drag one of them along.',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: `${processFolders}|^electron-on-chromium/|^setup/|node_modules/electron/` },
    },
    {
      name: 'no-process-imports-another',
      comment: 'What runs in one process is not there in another; they meet in contracts/.',
      severity: 'error',
      from: { path: processFolders, pathNot: tests },
      to: { path: processFolders, pathNot: ['^$1/'] },
    },
    {
      name: 'only-main-knows-electron',
      comment:
        "Electron's API is main's alone; preloads use its sandboxed subset. Tests of the running application drive it.",
      severity: 'error',
      from: { pathNot: ['^src/', '^electron-on-chromium/', '^tests/', '^forge\\.config\\.ts$', '^setup/'] },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'machines-are-policy',
      comment: 'A machine is tested with a simulated clock and without a process; every effect is handed in.',
      severity: 'error',
      from: { path: '^src/controller/', pathNot: tests },
      to: {
        path: '^src/(windows|processes|messaging|security|storage|analysis)/|node_modules/electron/|^(node:|fs$|child_process$|net$)',
      },
    },
    {
      name: 'preloads-stand-alone',
      comment: "A preload runs in the page's process: nothing of main may be in it.",
      severity: 'error',
      from: { path: '^src/preload/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/preload/' },
    },
    {
      name: 'nobody-imports-the-stand-in',
      comment: 'The application runs on Electron and never asks which executable that is.',
      severity: 'error',
      from: { pathNot: '^electron-on-chromium/' },
      to: { path: '^electron-on-chromium/' },
    },
    {
      name: 'the-stand-in-knows-nobody',
      comment: 'It is a drop-in for any Electron application, not a part of this one.',
      severity: 'error',
      from: { path: '^electron-on-chromium/' },
      to: { path: `${processFolders}|^(ipc|contracts|setup|tests)/` },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one concept, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-missing-modules',
      comment: 'An import that cannot be resolved fails at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron(/|$)' },
    },
    {
      name: 'shipped-code-uses-shipped-packages',
      comment: 'A development dependency is not there in the packaged application.',
      severity: 'error',
      from: {
        path: `${processFolders}|^(ipc|contracts)/`,
        pathNot: [tests, '^ai-service/training/', 'vite\\.config\\.mts$', 'measure', 'bench'],
      },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/(electron|@types)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|out|node_modules|electron-on-chromium/conformance/(app|apps|life|listing))/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
