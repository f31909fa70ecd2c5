require('electron').ipcRenderer.send('sandboxed', process.sandboxed)
