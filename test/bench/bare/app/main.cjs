// The bare app that Tamas is compared with: one window of the same size and the same safety, one page, nothing else.
// SIGUSR2 hides the window.
const { app, BrowserWindow } = require('electron')
const path = require('node:path')

app.setPath('userData', app.commandLine.getSwitchValue('user-data-dir'))
app.enableSandbox()
app.on('window-all-closed', () => undefined)

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 420,
    height: 700,
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      spellcheck: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required'
    }
  })
  window.once('ready-to-show', () => window.show())
  process.on('SIGUSR2', () => window.hide())
  void window.loadFile(path.join(__dirname, process.env.BENCH_PAGE ?? 'empty.html'))
})
