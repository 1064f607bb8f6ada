// Loaded before the app (`electron -r`): holds it back until Playwright is listening, which says so by
// `__playwright_run()`. A window that is made while Playwright is still attaching can be lost to it for good.
// Playwright's own loader does this too, and changes Chromium's switches as well; the app under test keeps its own.
const { app } = require('electron')

const reallyReady = app.whenReady()
const emit = app.emit.bind(app)
/** @type {unknown[]} */
let readyArgs = []
let isReady = false
/** @type {() => void} */
let release = () => undefined
const released = new Promise((resolve) => {
  release = () => resolve(undefined)
})

app.emit = (event, ...args) => {
  if (event !== 'ready') return emit(event, ...args)
  readyArgs = args
  return app.listenerCount('ready') > 0
}
app.isReady = () => isReady
app.whenReady = () => released

Object.defineProperty(globalThis, '__playwright_run', {
  value: async () => {
    await reallyReady
    isReady = true
    release()
    emit('ready', ...readyArgs)
  }
})
