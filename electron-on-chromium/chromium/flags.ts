/**
 * Chromium features switched off: each either phones home, offers something to the user of a browser that an
 * application must not offer by itself, or changes what a page does compared with Electron.
 */
const disabledFeatures = [
  'Translate',
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'MediaRouter',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'CertificateTransparencyComponentUpdater',
  'AutofillServerCommunication',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'DestroyProfileOnBrowserClose',
  'LensOverlay',
  'GlobalMediaControls',
  'PaintHolding',
  'LocalNetworkAccessChecks',
  // Each window of a view would keep hidden pages ready for an omnibox that nobody sees.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
]

/** Nothing that Chromium would fetch, ask or report on its own account. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-extensions',
  '--disable-component-extensions-with-background-pages',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--metrics-recording-only',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-search-engine-choice-screen',
  '--propagate-iph-for-testing',
  '--enable-features=SkipListAccountsWithoutGaiaCookies',
  '--dns-prefetch-disable',
  // An error page that loads itself again would be a navigation that nobody asked for.
  '--disable-auto-reload',
  '--gaia-url=http://127.0.0.1:9',
  '--google-url=http://127.0.0.1:9',
  '--google-base-url=http://127.0.0.1:9',
  '--variations-server-url=',
  '--disable-field-trial-config',
]

/** Pages behave as in an application: always drawn, never frozen, the owner decides about hangs and popups. */
const rendering = [
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-ipc-flooding-protection',
  '--disable-hang-monitor',
  '--disable-prompt-on-repost',
  '--disable-popup-blocking',
  '--disable-back-forward-cache',
  '--allow-pre-commit-input',
  '--force-color-profile=srgb',
  // Electron's pages may close themselves, however they were opened.
  '--blink-settings=allowScriptsToCloseWindows=true',
  // Electron's pages hear when the other end of a port was closed; Chromium's own do not yet.
  '--enable-blink-features=MessagePortCloseEvent',
]

export interface ChromiumFlagsOptions {
  readonly headless: boolean
  readonly userDataDir: string
  /** Further switches, as given by the application; they win over ours. */
  readonly extraArgs: readonly string[]
}

/** The command line of Chromium. Pure, so that it can be read and tested. */
export function chromiumFlags(options: ChromiumFlagsOptions): string[] {
  const extraFeatures = options.extraArgs.flatMap(argument => valuesOf(argument, '--disable-features='))
  const extraArgs = options.extraArgs.filter(argument => !argument.startsWith('--disable-features='))
  return [
    ...(options.headless ? ['--headless=new'] : []),
    '--remote-debugging-pipe',
    `--user-data-dir=${options.userDataDir}`,
    '--no-startup-window',
    ...quiet,
    ...rendering,
    `--disable-features=${[...disabledFeatures, ...extraFeatures].join(',')}`,
    ...extraArgs,
  ]
}

function valuesOf(argument: string, prefix: string): string[] {
  return argument.startsWith(prefix) ? argument.slice(prefix.length).split(',') : []
}
