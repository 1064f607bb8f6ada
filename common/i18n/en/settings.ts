// English: the pages of the settings, files of settings, and what is said about the app.
import { plural } from './plural.ts'

export const settingsEn = {
  pages: {
    label: 'Settings',
    general: 'General',
    calls: 'Calls',
    sound: 'Sound',
    shortcuts: 'Shortcuts',
    display: 'Language and display',
    check: 'Check my calls',
    data: 'Save and restore',
    about: 'About Tamas'
  },
  back: 'All settings',
  phoneLinks: {
    title: 'Phone links',
    here: 'Phone links in pages and mails open in Tamas, which asks before it calls.',
    elsewhereIn: (program: string) => `Phone links open in ${program}.`,
    elsewhere: 'Phone links do not open in Tamas.',
    partlyIn: (program: string) => `Some phone links open in ${program}.`,
    partly: 'Some phone links do not open in Tamas.',
    take: 'Open phone links with Tamas'
  },
  data: {
    text: 'Keep your settings in a file, or take them to another computer. Your sign-in and the devices of this computer are not in it.',
    save: 'Save settings…',
    saved: 'The settings were saved.',
    fileName: 'tamas-settings.json',
    open: 'Open a file…',
    noSettings: 'This is not a file of Tamas settings.',
    newer: 'A newer version of Tamas has written this file. Update Tamas to use it.',
    same: 'The file has the same settings as you: nothing would change.',
    changes: (count: number, written: string) =>
      plural(count, { one: `${written} setting would change`, other: `${written} settings would change` }),
    /** What is behind the arrow is what it would be. */
    fromTo: (before: string, after: string) => `${before} → ${after}`,
    /** The same for screen readers. */
    fromToSpoken: (before: string, after: string) => `now ${before}, then ${after}`,
    unfit: (count: number, written: string) =>
      plural(count, {
        one: `${written} setting in the file does not fit this version of Tamas and is left out.`,
        other: `${written} settings in the file do not fit this version of Tamas and are left out.`
      }),
    apply: 'Use these settings',
    applied: 'The settings are in use.',
    on: 'on',
    off: 'off'
  },
  about: {
    text: 'A phone for the desktop.',
    version: 'Version',
    standIn: 'For development only: this runs on an older Electron than the one that Tamas is made for.',
    logs: 'Logs',
    logsHint:
      'What Tamas has done, for whoever looks for a fault. The logs name whom you called and hold no passwords.',
    withPeople: 'Name people and servers',
    withPeopleHint:
      'Otherwise each has a made-up name in the file, the same everywhere. Passwords and keys are never in it.',
    saveLogs: 'Save the logs…',
    logsSaved: 'The logs were saved. Nothing was sent to anybody.',
    noLogs: 'There are no logs yet.',
    licence: 'Licence',
    licenceText: 'Tamas is free software under the MIT licence.',
    packages: 'Free software in Tamas',
    packagesText: (count: number, written: string) =>
      plural(count, {
        one: `Tamas is built with the work of others: ${written} package.`,
        other: `Tamas is built with the work of others: ${written} packages.`
      }),
    showPackages: 'Show the licences',
    noPackages: 'The list is made when Tamas is built, and is not in this copy.'
  }
}
