// Loaded before an app by NODE_OPTIONS: appends to the file BENCH_MARKS when its first window is ready to be shown.
const fs = require('node:fs')
const { Module } = require('node:module')

const load = Module._load
let isWatching = false

const watch = (app) => {
  isWatching = true
  app.once('browser-window-created', (_event, window) => {
    window.once('ready-to-show', () => fs.appendFileSync(process.env.BENCH_MARKS, `ready ${Date.now()}\n`))
  })
}

// Electron's own module cannot be had before Electron has started, and whoever asks first is early enough.
Module._load = function (name, ...rest) {
  const loaded = load.call(this, name, ...rest)
  if (name === 'electron' && !isWatching && process.env.BENCH_MARKS && loaded.app) watch(loaded.app)
  return loaded
}
