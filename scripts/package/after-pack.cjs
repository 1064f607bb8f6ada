// electron-builder's hook after packing: removes what an unpacked Electron brings along and a packed app must not have.
const fs = require('node:fs')
const path = require('node:path')

/** @param {{ appOutDir: string, electronPlatformName: string }} context */
exports.default = async ({ appOutDir, electronPlatformName }) => {
  if (electronPlatformName !== 'linux') return
  // With its default app in place, `tamas some/folder` would run whatever is in that folder.
  for (const name of ['resources/default_app.asar', 'version']) {
    fs.rmSync(path.join(appOutDir, name), { force: true })
  }
}
