// What the program does first: a command from a terminal is handed to the app that runs, and this process ends; for
// anything else the app begins here. Knows no more than that, so that a command does not wait for all of the app.
import path from 'node:path'
import { app } from 'electron'
import { runBeside } from './command/beside.ts'
import { argumentsAfter, firstWord, readWords } from './command/words.ts'
import { beginApp } from './shell/begin.ts'

const appPath = process.defaultApp ? app.getAppPath() : null
const args = argumentsAfter(process.argv, appPath, (argument) => path.resolve(argument))

if (readWords(args).kind === 'app') void import('./index.ts')
else {
  const own = process.argv.slice(1, process.argv.length - args.length)
  const code = runBeside(path.join(__dirname, 'command.cjs'), {
    args,
    program: 'tamas',
    version: app.getVersion(),
    userData: beginApp(),
    start: { program: process.execPath, args: [...own, ...args.slice(0, firstWord(args))] }
  })
  // Not app.exit, which is for an app that has begun.
  process.exit(code)
}
