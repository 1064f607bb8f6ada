// English: contacts, their form, and files of them.
import { plural } from './plural.ts'

export const contactsEn = {
  menu: 'New contact, import, export',
  create: 'New contact',
  add: 'Add to contacts',
  import: 'Import contacts…',
  exportVcard: 'Export as vCard',
  exportCsv: 'Export as CSV',
  /** What an exported file is called, without its ending. */
  fileName: 'contacts',
  emptyTitle: 'No contacts yet',
  emptyText: 'People of your organisation will appear here. You can add your own, or import a file from another app.',
  loading: 'Fetching your contacts…',
  awayTitle: 'Your contacts are not here yet',
  awayText: 'They come as soon as the server can be reached.',
  own: 'Your contact',
  /** For screen readers: how a favourite is moved. */
  moveHint: 'Alt+Up or Alt+Down moves it among the favourites.',
  moved: (name: string, place: string, count: string) => `${name} is now favourite ${place} of ${count}`,
  favouriteAdded: (name: string) => `${name} is a favourite now`,
  favouriteRemoved: (name: string) => `${name} is no longer a favourite`,
  labels: { mobile: 'Mobile', work: 'Work', home: 'Home', fax: 'Fax', other: 'Other' },
  numbers: 'Numbers',
  emails: 'E-mail',
  company: 'Company',
  note: 'Note',
  inDirectory: 'Organisation',
  callNumber: (number: string) => `Call ${number}`,
  callNumberOf: (label: string, number: string) => `Call ${label}: ${number}`,
  noNumber: 'This contact has no number to call.',
  edit: 'Edit',
  editName: (name: string) => `Edit ${name}`,
  remove: 'Delete',
  removeName: (name: string) => `Delete ${name}`,
  removeTitle: (name: string) => `Delete ${name}?`,
  removeText: 'The contact is deleted on all your devices. Recent calls stay.',
  removeChanged: 'It was just changed on another of your devices. Do you still want to delete it?',
  form: {
    newTitle: 'New contact',
    editTitle: 'Edit contact',
    name: 'Name',
    company: 'Company',
    number: 'Number',
    numberOf: (place: string) => `Number ${place}`,
    labelOf: (place: string) => `Kind of number ${place}`,
    addNumber: 'Add a number',
    removeNumber: (place: string) => `Remove number ${place}`,
    email: 'E-mail',
    emailOf: (place: string) => `E-mail ${place}`,
    addEmail: 'Add an e-mail',
    removeEmail: (place: string) => `Remove e-mail ${place}`,
    note: 'Note',
    save: 'Save',
    saving: 'Saving…',
    cancel: 'Cancel',
    missing: 'Enter a name, a company or a number.',
    wrongNumber: 'A number may have digits, +, * and #, or be a username without blanks.',
    wrongEmail: 'An e-mail address looks like name@example.org.',
    notSaved: (why: string) => `Not saved. ${why} What you typed is still here.`,
    discardTitle: 'Discard what you typed?',
    discardText: 'This contact has changes that are not saved.',
    discard: 'Discard',
    keep: 'Go on writing'
  },
  file: {
    title: 'Import contacts',
    text: 'Choose a vCard (.vcf) or CSV file, as Google, Outlook or Apple write them. Before anything is saved you see what is in it.',
    choose: 'Choose a file…',
    other: 'Another file…',
    reading: 'Reading the file…',
    found: (count: number, written: string) =>
      plural(count, { one: `${written} contact found in the file`, other: `${written} contacts found in the file` }),
    added: (count: number, written: string) => plural(count, { one: `${written} is new`, other: `${written} are new` }),
    merged: (count: number, written: string) =>
      plural(count, {
        one: `${written} adds something to a contact that you have`,
        other: `${written} add something to contacts that you have`
      }),
    known: (count: number, written: string) =>
      plural(count, { one: `${written} is here already`, other: `${written} are here already` }),
    repeated: (count: number, written: string) =>
      plural(count, { one: `${written} repeats another of the file`, other: `${written} repeat others of the file` }),
    unreadable: (count: number, written: string) =>
      plural(count, { one: `${written} can’t be read:`, other: `${written} can’t be read:` }),
    /** One of the file, counted from its beginning. */
    entry: (place: string) => `Entry ${place}`,
    shortened: (count: number, written: string) =>
      plural(count, {
        one: `${written} held more than a contact may. What is too much is left out:`,
        other: `${written} held more than a contact may. What is too much is left out:`
      }),
    more: (count: number, written: string) =>
      plural(count, { one: `and ${written} more`, other: `and ${written} more` }),
    submit: (count: number, written: string) =>
      plural(count, { one: `Import ${written} contact`, other: `Import ${written} contacts` }),
    nothingNew: 'There is nothing in this file that you don’t have.',
    importing: (done: string, all: string) => `${done} of ${all} saved…`,
    progress: 'Progress of the import',
    doneTitle: 'Imported',
    done: (added: string, changed: string) => `New contacts: ${added}. Contacts updated: ${changed}.`,
    stopped: (why: string, done: string) => `Stopped. ${why} Saved before that: ${done}.`,
    tryAgain: 'Go on',
    finish: 'Done',
    exported: 'The contacts were saved.',
    problems: {
      empty: 'There is no contact in this file.',
      unknown: 'This is not a vCard or CSV file with contacts.',
      too_large: 'This file is too large. It may have at most 20 MB.',
      unreadable: 'The file could not be read.'
    }
  }
}
