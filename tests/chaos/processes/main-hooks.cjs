// Given to Electron with -r: hands service-hooks.cjs to every service process.
const path = require('node:path')
const { utilityProcess } = require('electron')

const { fork } = utilityProcess
utilityProcess.fork = (entry, args, options = {}) =>
  fork.call(utilityProcess, entry, args, {
    ...options,
    execArgv: [...(options.execArgv ?? []), '--require', path.join(__dirname, 'service-hooks.cjs')],
  })
