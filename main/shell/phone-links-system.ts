// Chooses how this system says which program opens phone links. All others know only PhoneLinks.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { app } from 'electron'
import type { Locale } from '../../common/i18n/index.ts'
import type { Logger } from '../../common/log.ts'
import { secondMs } from '../../common/time.ts'
import { applicationFolders, createLinuxPhoneLinks, createSystemPhoneLinks, type PhoneLinks } from './phone-links.ts'

/** A script of many small programs, which takes its time on a machine that has much to do. */
const toolMs = 10 * secondMs
const runFile = promisify(execFile)

export const systemPhoneLinks = (locale: () => Locale, log: Logger): PhoneLinks =>
  process.platform === 'linux'
    ? createLinuxPhoneLinks({
        folders: applicationFolders(process.env, app.getPath('home')),
        xdgMime: async (...words) => (await runFile('xdg-mime', words, { timeout: toolMs })).stdout,
        locale,
        log
      })
    : createSystemPhoneLinks(app, app.isPackaged, log)
