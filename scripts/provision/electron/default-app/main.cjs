// What the stand-in Electron runs when it is started as `electron [-r module]… path/to/app [arguments]`: does what
// Electron's own default app does for an app on disk, and nothing of its welcome page or prompt.
const { app } = require('electron')
const fs = require('node:fs')
const { Module } = require('node:module')
const path = require('node:path')

/** @param {string[]} args */
const parse = (args) => {
  const modules = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]
    if (arg === '-r' || arg === '--require') modules.push(args[(index += 1)])
    else if (arg === '-v' || arg === '--version') return { modules, version: true }
    else if (!arg.startsWith('-')) return { modules, file: arg }
  }
  return { modules }
}

/** What Electron takes from the app's package.json before the app runs. @param {string} folder */
const adopt = (folder) => {
  const manifest = path.join(folder, 'package.json')
  if (!fs.existsSync(manifest)) return
  const { name, productName, version, desktopName } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  if (version) app.setVersion(version)
  app.name = productName ?? name ?? app.name
  app.setDesktopName(desktopName ?? `${app.name}.desktop`)
  app.setPath('userData', path.join(app.getPath('appData'), app.name))
}

/** @param {string} file */
const start = (file) => {
  const target = path.resolve(file)
  const isFolder = target.endsWith('.asar') || fs.statSync(target).isDirectory()
  const folder = isFolder ? target : path.dirname(target)
  if (isFolder) adopt(folder)
  app.setAppPath(folder)
  // The name set above would otherwise win over the switch.
  const userData = app.commandLine.getSwitchValue('user-data-dir')
  if (userData) app.setPath('userData', path.resolve(userData))
  Module._load(Module._resolveFilename(target, null, true), Module, true)
}

const { modules, version, file } = parse(process.argv.slice(1))
if (version) {
  process.stdout.write(`v${process.versions.electron}\n`)
  process.exit(0)
}
for (const name of modules) Module._load(path.resolve(name), Module, true)
if (file === undefined) {
  process.stderr.write('usage: electron [-r module] path/to/app [arguments]\n')
  process.exit(2)
}
Object.defineProperty(process, 'defaultApp', { value: true })
try {
  start(file)
} catch (error) {
  process.stderr.write(`The app could not be loaded: ${error instanceof Error ? error.stack : error}\n`)
  process.exit(1)
}
