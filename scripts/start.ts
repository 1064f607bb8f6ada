// `npm start`: makes the machine ready, builds, starts a call server on this machine and opens two phones side by side,
// signed in as 101 and 102. `--one` opens one. Ctrl-C, or quitting the phones, ends everything that it has started.
import path from 'node:path'
import { build } from './build.ts'
import { isRoot } from './provision/paths.ts'
import { provision } from './provision/provision.ts'
import { readArguments } from './support/arguments.ts'
import { exitText } from './support/children.ts'
import { hasDisplay } from './support/display.ts'
import { home, takeHome } from './support/home.ts'
import { interrupted } from './support/interrupt.ts'
import { main } from './support/main.ts'
import { keepPicture } from './support/picture.ts'
import { root } from './support/run.ts'
import { openStage, phoneFolder, type Stage } from './support/stage.ts'

const two = `
Two phones are open: 101 (Sara) on the left, 102 (Kian) on the right.

  1. In the left phone click the call button beside Kian.
  2. The right phone rings; answer in its window or in the notification.
  3. Speak. Each phone hears the other through the server.
`
const one = `
One phone is open, signed in as 101 (Sara). Call 100 (Echo): it answers after a second and plays back what you say.
`

/** Tells how to see phones and act in them where there is no screen. Returns what ends it. */
const showVirtual = ({ display, phones }: Stage, name: string): (() => void) => {
  const file = path.join(home, 'desktop.png')
  const folders = phones().map(({ user }) => path.join(phoneFolder(user), 'logs'))
  console.log(
    `The phones are on a virtual desktop, DISPLAY=${name}. ${path.relative(process.cwd(), file)} is a picture of it, ` +
      `taken anew with each step of a call.\n` +
      `It has no microphone that hears anything: npm run demo feeds both with tones and measures what arrives.\n` +
      `To act in it: DISPLAY=${name} xdotool mousemove <x> <y> click 1.`
  )
  return keepPicture(folders, () => display.screenshot(file))
}

const openAndWait = async (users: readonly string[]): Promise<void> => {
  // Not before: until here Ctrl-C ends the script and what it waits for, as usual.
  const stopAsked = interrupted()
  const stage = await openStage({ users, until: stopAsked })
  let hide = (): void => undefined
  try {
    if (stage.display.virtual !== undefined) hide = showVirtual(stage, stage.display.virtual)
    console.log(users.length === 1 ? one : two)
    console.log(`The server is ${stage.server}; logs are in ${path.relative(root, home)}/logs. Ctrl-C ends everything.`)
    const how = await Promise.race([stopAsked, stage.over])
    // Who has asked for it was told that it ends.
    if (typeof how === 'string') return
    if (how.what === 'server-ended') {
      console.log(
        `\nThe call server has ended (${exitText(how.exit)}): see ${path.relative(root, home)}/logs/server.log.`
      )
      process.exitCode = 1
    } else console.log('\nEnding…')
  } finally {
    hide()
    await stage.stop()
  }
}

await main(async () => {
  const values = readArguments({ one: { type: 'boolean' } })
  const lock = await takeHome()
  try {
    if (!hasDisplay()) console.log('No display was found: the phones will run on a virtual desktop of their own.')
    if (isRoot) console.log('You are root: the phones run without Chromium’s sandbox (--no-sandbox), here only.')
    await provision({ worker: true, electron: true })
    const built = await build()
    if (built.length > 0) console.log(`Built ${built.join(', ')}.`)
    await openAndWait(values.one === true ? ['101'] : ['101', '102'])
  } finally {
    lock.release()
  }
})
