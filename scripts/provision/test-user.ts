// The unprivileged user that root runs the end-to-end tests as, since Chromium's sandbox is for ordinary users only.
import { run } from '../support/run.ts'
import { isRoot } from './paths.ts'
import { note, ProvisionError } from './report.ts'

export const testUser = 'tamas-test'

/** Makes the user where this runs as root and there is none; anybody else runs the tests as themselves. */
export const provisionTestUser = async (): Promise<void> => {
  if (process.platform !== 'linux' || !isRoot) return
  if ((await run('id', ['-u', testUser])).code === 0) return
  const args = ['--create-home', '--user-group', '--shell', '/bin/bash', testUser]
  const { code, output } = await run('useradd', args)
  if (code !== 0) throw new ProvisionError(`The user ${testUser} could not be made:\n${output.trim()}`)
  note(`Made the user ${testUser}, as whom the end-to-end tests run`)
}
