// `npm start`: makes the machine ready, builds, starts a call server on this machine and opens two phones side by side,
// signed in as 101 and 102. `--one` opens one. Ctrl-C, or quitting the phones, ends everything that it has started.
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { isRoot } from './provision/paths.ts'
import { provision } from './provision/provision.ts'
import { hasDisplay, type Display } from './support/display.ts'
import { interrupted } from './support/interrupt.ts'
import { main } from './support/main.ts'
import { root } from './support/run.ts'
import { openStage } from './support/stage.ts'

const two = `
Two phones are open: 101 (Sara) on the left, 102 (Kian) on the right.

  1. In the left phone click the call button beside Kian.
  2. The right phone rings; answer in its window or in the notification.
  3. Speak. Each phone hears the other through the server.
`
const one = `
One phone is open, signed in as 101 (Sara). Call 100 (Echo): it answers after a second and plays back what you say.
`

// The phones have painted by then; nothing waits for the picture.
const pictureAfterMs = 5_000

const showVirtual = (display: Display): void => {
  const picture = path.join(root, '.tamas/desktop.png')
  setTimeout(() => {
    display.screenshot(picture).catch(() => undefined)
  }, pictureAfterMs).unref()
  console.log(`The phones are on a virtual desktop; in a moment there is a picture of it in ${picture}`)
}

await main(async () => {
  const { values } = parseArgs({ options: { one: { type: 'boolean' } } })
  if (!hasDisplay()) console.log('No display was found: the phones will run on a virtual desktop of their own.')
  if (isRoot) console.log('You are root: the phones run without Chromium’s sandbox (--no-sandbox), here only.')
  await provision({ worker: true, electron: true })
  const built = await build()
  if (built.length > 0) console.log(`Built ${built.join(', ')}.`)
  // Not before: until here Ctrl-C ends the script and what it waits for, as usual.
  const stopAsked = interrupted()
  const users = values.one === true ? ['101'] : ['101', '102']
  const stage = await openStage({ users })
  try {
    if (stage.display.virtual !== undefined) showVirtual(stage.display)
    console.log(values.one === true ? one : two)
    console.log(`The server is ${stage.server}; logs are in .tamas/logs. Ctrl-C ends everything.`)
    const why = await Promise.race([stopAsked, stage.over])
    console.log(why === 'server-ended' ? '\nThe call server has ended: see .tamas/logs/server.log.' : '\nEnding…')
    if (why === 'server-ended') process.exitCode = 1
  } finally {
    await stage.stop()
  }
})
