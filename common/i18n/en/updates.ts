// English: newer versions of the app.
import type { UpdateFault } from '../../updates.ts'

const faults: Record<UpdateFault, string> = {
  unreachable: 'The address for updates does not answer. Check your network and look again later.',
  damaged:
    'What was downloaded is not what was announced, so it was thrown away. Look again later; if it happens again, tell whoever gave you Tamas.',
  not_saved: 'The update could not be saved. Make room on the disk and look again.'
}

export const updatesEn = {
  title: 'Updates',
  off: 'This copy of Tamas does not look for updates. Whoever gave it to you has the next version.',
  unknown: 'Tamas looks for a newer version now and then.',
  current: 'This is the newest version.',
  check: 'Look for updates',
  checking: 'Looking for a newer version…',
  available: (version: string) => `Version ${version} is there. It is downloaded after your call.`,
  downloading: (version: string, percent: string) => `Version ${version} is being downloaded: ${percent}`,
  ready: (version: string) => `Version ${version} is ready. It is used from the next start.`,
  restart: 'Restart now',
  seeAbout: (version: string) =>
    `Version ${version} was downloaded. How to install it stands in the settings, under About Tamas.`,
  command: (version: string) => `Version ${version} was downloaded and checked. This command installs it:`,
  afterCommand: 'It asks for your password. Start Tamas anew afterwards.',
  waiting: (version: string) => `Tamas restarts with version ${version} when your call is over.`,
  installing: (version: string) => `Tamas restarts with version ${version}.`,
  faults
}
