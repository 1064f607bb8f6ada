// `npm run tamas -- dial 102`: the app's commands for the phones of `npm start`, from a clone; `--phone=102` is the other
// one. Starts no phone. An installed app is its own command.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { print, runHere } from '../main/command/system.ts'
import { firstWord } from '../main/command/words.ts'
import { main } from './support/main.ts'
import { readArguments } from './support/arguments.ts'
import { root } from './support/run.ts'
import { phoneFolder } from './support/stage.ts'

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly version: string }

await main(async () => {
  const given = process.argv.slice(2)
  const at = firstWord(given)
  const { phone = '101' } = readArguments({ phone: { type: 'string' } }, given.slice(0, at))
  const line = { program: 'npm run tamas --', version, userData: phoneFolder(phone), start: null }
  // Without a command an installed app would start.
  const printed = (await runHere({ ...line, args: given.slice(at) })) ?? (await runHere({ ...line, args: ['--help'] }))
  if (printed === null) return
  print(printed)
  process.exitCode = printed.code
})
