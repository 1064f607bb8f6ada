// A program for Electron that is nothing but a window for the gallery: a page of a browser with the app's own engine.
const { app, BrowserWindow } = require('electron')

app.enableSandbox()
void app.whenReady().then(() => {
  const window = new BrowserWindow({ useContentSize: true, width: 400, height: 680 })
  void window.loadURL('about:blank')
})
