/** In what way a kind of file may do harm when it is opened. */
export type Danger = 'program' | 'script' | 'package' | 'shortcut' | 'macros' | 'diskImage'

/**
 * Kinds that run, install or lead elsewhere as soon as they are opened. After Chromium's list of download file types
 * (chrome/browser/resources/safe_browsing/download_file_types.asciipb), those that are dangerous or run on some system.
 */
const dangerousExtensions: Readonly<Record<Danger, readonly string[]>> = {
  program: [
    'exe',
    'com',
    'scr',
    'pif',
    'cpl',
    'dll',
    'sys',
    'msc',
    'run',
    'elf',
    'appimage',
    'app',
    'jar',
    'xpi',
  ],
  script: [
    ...[
      'bat',
      'cmd',
      'ps1',
      'psm1',
      'vb',
      'vbs',
      'vbe',
      'js',
      'jse',
      'wsf',
      'wsh',
      'hta',
      'sh',
      'bash',
      'csh',
    ],
    ...[
      'ksh',
      'zsh',
      'fish',
      'command',
      'tool',
      'scpt',
      'applescript',
      'py',
      'pyc',
      'pyw',
      'pl',
      'rb',
      'reg',
      'inf',
    ],
  ],
  package: [
    'msi',
    'msp',
    'msix',
    'appx',
    'deb',
    'rpm',
    'pkg',
    'mpkg',
    'apk',
    'snap',
    'flatpak',
    'flatpakref',
    'crx',
  ],
  shortcut: [
    'lnk',
    'url',
    'desktop',
    'scf',
    'webloc',
    'library-ms',
    'search-ms',
    'settingcontent-ms',
    'application',
  ],
  macros: ['docm', 'dotm', 'xlsm', 'xltm', 'xlam', 'pptm', 'potm', 'ppsm', 'xll', 'slk', 'iqy'],
  diskImage: ['dmg', 'iso', 'img', 'vhd', 'vhdx'],
}

const dangerousTypes: ReadonlyMap<string, Danger> = new Map([
  ['application/x-msdownload', 'program'],
  ['application/vnd.microsoft.portable-executable', 'program'],
  ['application/x-executable', 'program'],
  ['application/x-sh', 'script'],
  ['application/x-shellscript', 'script'],
  ['application/x-msi', 'package'],
  ['application/vnd.debian.binary-package', 'package'],
  ['application/x-debian-package', 'package'],
  ['application/x-rpm', 'package'],
  ['application/x-desktop', 'shortcut'],
])

const dangers: ReadonlyMap<string, Danger> = new Map(
  (Object.keys(dangerousExtensions) as Danger[]).flatMap(danger =>
    dangerousExtensions[danger].map(extension => [extension, danger] as const),
  ),
)

/** What is dangerous about a file by its name and its type; null when nothing is known to be. */
export function dangerOf(fileName: string, mimeType: string): Danger | null {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return dangers.get(extension) ?? dangerousTypes.get(mimeType) ?? null
}
