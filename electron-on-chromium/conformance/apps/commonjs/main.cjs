// A CommonJS main process; it reports like the others, but cannot import their module synchronously.
const { writeSync } = require('node:fs')
const electron = require('electron')

electron.app.setPath('userData', process.env.CONFORMANCE_USER_DATA)
electron.app.on('ready', async () => {
  const asModule = await import('electron')
  const value = {
    same: asModule.app === electron.app && asModule.default.app === electron.app,
    main: require.main === module,
  }
  writeSync(1, `> ${JSON.stringify({ name: 'ready', value })}\n`)
  electron.app.quit()
})
