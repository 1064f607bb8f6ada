// The steps to states of the gallery that no snapshot alone shows, as a hand makes them in the page.
import type { Page } from 'playwright'
import type { StateName } from './states.ts'

const openImport = async (page: Page) => {
  await page.locator('.contacts .line > [popovertarget]').click()
  await page.locator('.contacts [popover] button').nth(1).click()
  await page.locator('dialog[open]').waitFor()
}
const card = (...lines: readonly string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')
const vcards = [
  card('FN:Laleh Navabi', 'TEL;TYPE=CELL:+98 912 000 1122', 'ORG:Navabi'),
  card('FN:زهره بهرامی', 'TEL;TYPE=WORK:021 1234 5678'),
  card('FN:مهدی اخوان', 'TEL;TYPE=CELL:0912 555 0111', 'TEL;TYPE=HOME:021 4455 6677'),
  card('FN:Big brother', 'TEL;TYPE=WORK:103'),
  card('TEL:')
].join('')
const chooseFile = async (page: Page, text: string) => {
  await openImport(page)
  const file = { name: 'contacts.vcf', mimeType: 'text/vcard', buffer: Buffer.from(text) }
  await page.locator('dialog[open] input[type=file]').setInputFiles(file)
  await page.locator('dialog[open] .found, dialog[open] [role=alert]').first().waitFor()
}
const openOwn = (page: Page) => page.locator('[data-row]', { hasText: 'Mina' }).locator('.person').click()
const openForm = async (page: Page) => {
  await openOwn(page)
  await page.locator('.card .tools button').first().click()
  await page.locator('.form').waitFor()
}
const openSettings = async (page: Page, name: string) => {
  await page.locator('nav button').nth(2).click()
  await page.locator(`[data-page=${name}]`).click()
  await page.locator('.settings .page section').first().waitFor()
}
const beginCheck = async (page: Page) => {
  await openSettings(page, 'check')
  await page.locator('.settings .page .accent').click()
}
const openLog = async (page: Page) => {
  await openSettings(page, 'about')
  await page.locator('[data-log]').click()
  await page.locator('dialog[open] .list > :is(.whole, .none:has(h2))').waitFor()
}
const openMore = (page: Page) => page.locator('.controls [popovertarget]').click()

const openRecents = (page: Page) => page.locator('nav button').nth(1).click()
const openTransfer = async (page: Page, typed: string) => {
  await openMore(page)
  await page.locator('.stage .menu button').first().click()
  await page.locator('dialog[open] .query').fill(typed)
}
const openCallLog = async (page: Page) => {
  await openRecents(page)
  await page.locator('[data-row] button').nth(3).click()
  await page.locator('.detail ol li').first().waitFor()
  await page.locator('.detail .log button').click()
  await page.locator('dialog[open] .list > :is(.whole, .none:has(h2))').waitFor()
}

/** What a hand does to get to a state that no snapshot alone shows. */
export const steps: Partial<Record<StateName, (page: Page) => Promise<void>>> = {
  'contacts-name': (page) => page.locator('input[type=text]').fill('آرش ك'),
  'contacts-number': (page) => page.locator('input[type=text]').fill('+98 (21) 88-77'),
  'contacts-other-keys': (page) => page.locator('input[type=text]').fill('شقشسا'),
  'contacts-nobody': (page) => page.locator('input[type=text]').fill('zzz yyy'),
  'contacts-many': (page) => page.locator('.list').evaluate((list) => list.scrollTo(0, 250_000)),
  'contacts-many-found': (page) => page.locator('input[type=text]').fill('rah'),
  'contacts-moved': async (page) => {
    await page.locator('[data-row] .person').first().focus()
    await page.keyboard.press('Alt+ArrowDown')
  },
  'contacts-menu': (page) => page.locator('.contacts .line > [popovertarget]').click(),
  'contacts-import': openImport,
  'contacts-import-look': (page) => chooseFile(page, vcards),
  'contacts-import-problem': (page) => chooseFile(page, ''),
  'contacts-import-stopped': async (page) => {
    await chooseFile(page, vcards)
    await page.locator('dialog[open] .actions .accent').click()
    await page.locator('dialog[open] progress').waitFor()
  },
  'contacts-import-done': async (page) => {
    await chooseFile(page, vcards)
    await page.locator('dialog[open] .actions .accent').click()
    await page.locator('dialog[open] .done').waitFor()
  },
  'contact-own': (page) => openOwn(page),
  'contact-joined': (page) => page.locator('[data-row]', { hasText: 'Big brother' }).locator('.person').click(),
  'contact-remove': async (page) => {
    await openOwn(page)
    await page.locator('.card .tools button').nth(1).click()
  },
  'contact-new': async (page) => {
    await page.locator('.contacts .line > [popovertarget]').click()
    await page.locator('.contacts [popover] button').first().click()
    await page.locator('[data-field=name] input').fill('Laleh')
  },
  'contact-edit': openForm,
  'contact-wrong': async (page) => {
    await openForm(page)
    await page.locator('[data-field^=number] input').first().fill('no number')
    await page.locator('.form [type=submit]').click()
    await page.locator('.error').waitFor()
  },
  'contact-not-saved': async (page) => {
    await openForm(page)
    await page.locator('.form [type=submit]').click()
    await page.locator('.form [role=alert]').waitFor()
  },
  'contact-discard': async (page) => {
    await openForm(page)
    await page.locator('[data-field=company] input').fill('Another one')
    await page.keyboard.press('Escape')
  },
  'contact-clash': async (page) => {
    await openForm(page)
    await page.locator('[data-field=company] input').fill('Another one')
    await page.locator('.form [type=submit]').click()
    await page.locator('dialog[open] table').waitFor()
  },
  'contact-card': (page) => page.locator('[data-row] button').first().click(),
  recents: (page) => openRecents(page),
  'recents-empty': (page) => openRecents(page),
  'recents-missed': async (page) => {
    await openRecents(page)
    await page.locator('fieldset label').nth(1).click()
  },
  'recents-found': async (page) => {
    await openRecents(page)
    await page.locator('.list-bar input[type=text]').fill('سارا')
    await page.locator('.recents [role=status]').filter({ hasText: /\S/ }).first().waitFor({ state: 'attached' })
  },
  'recents-other-keys': async (page) => {
    await openRecents(page)
    await page.locator('.list-bar input[type=text]').fill('سشقش')
    await page.locator('.recents .note').waitFor()
  },
  'recents-nobody': async (page) => {
    await openRecents(page)
    await page.locator('.list-bar input[type=text]').fill('zzz')
    await page.locator('.none h2').waitFor()
  },
  'recents-failed': (page) => openRecents(page),
  'recents-kept': (page) => openRecents(page),
  'recents-tools': async (page) => {
    await openRecents(page)
    await page.locator('.list-bar [popovertarget]').click()
  },
  'recents-clear': async (page) => {
    await openRecents(page)
    await page.locator('.list-bar [popovertarget]').click()
    await page.locator('.menu .stop').click()
  },
  'recents-removed': async (page) => {
    await openRecents(page)
    await page.locator('[data-row] button').first().focus()
    await page.keyboard.press('Delete')
    await page.locator('.undo').waitFor()
  },
  'past-call': async (page) => {
    await openRecents(page)
    await page.locator('[data-row] button').nth(3).click()
    await page.locator('.detail ol li').first().waitFor()
  },
  'past-calls': async (page) => {
    await openRecents(page)
    await page.locator('[data-row] button').first().click()
    await page.locator('.detail ol li').first().waitFor()
  },
  settings: (page) => page.locator('nav button').nth(2).click(),
  'settings-missing-device': (page) => openSettings(page, 'sound'),
  'settings-general': (page) => openSettings(page, 'general'),
  'settings-links': async (page) => {
    await openSettings(page, 'general')
    await page.locator('.settings .page section').last().locator('button').scrollIntoViewIfNeeded()
  },
  'settings-display': (page) => openSettings(page, 'display'),
  'settings-data': async (page) => {
    await openSettings(page, 'data')
    const settings = { ringVolume: 0.5, theme: 'dark', miniWindow: false, digits: 'latin' }
    const text = JSON.stringify({ format: 'tamas-settings', version: 1, settings })
    const file = { name: 'tamas-settings.json', mimeType: 'application/json', buffer: Buffer.from(text) }
    await page.locator('.settings input[type=file]').setInputFiles(file)
    await page.locator('.settings li .values').first().waitFor()
  },
  'settings-update-refused': (page) => openSettings(page, 'about'),
  'settings-about': async (page) => {
    await openSettings(page, 'about')
    await page.locator('.settings .page section').last().locator('button').click()
    await page.locator('.settings summary').last().click()
  },
  log: openLog,
  'log-found': async (page) => {
    await openLog(page)
    await page.locator('dialog[open] input[type=text]').fill('state')
    await page.locator('dialog[open] mark').first().waitFor()
  },
  'log-chosen': async (page) => {
    await openLog(page)
    await page.keyboard.press('ArrowDown')
    for (const key of ['Enter', 'ArrowUp', 'Enter']) await page.keyboard.press(key)
  },
  'log-empty': openLog,
  'log-failed': openLog,
  'log-of-call': openCallLog,
  'log-of-call-gone': openCallLog,
  shortcuts: async (page) => {
    await page.keyboard.press('Control+/')
    await page.locator('dialog[open] dl').first().waitFor()
  },
  'settings-shortcuts': (page) => openSettings(page, 'shortcuts'),
  'settings-shortcuts-choosing': async (page) => {
    await openSettings(page, 'shortcuts')
    await page.locator('.page .row > button').nth(1).click()
    await page.keyboard.press('Control+C')
    await page.locator('.page .problem', { hasText: /\S/ }).waitFor()
  },
  'settings-sound': (page) => openSettings(page, 'sound'),
  'settings-sound-silent': (page) => openSettings(page, 'sound'),
  'settings-sound-headsets': async (page) => {
    await openSettings(page, 'sound')
    await page
      .locator('.settings .page section', { has: page.locator('li') })
      .last()
      .scrollIntoViewIfNeeded()
  },
  'settings-sound-try': async (page) => {
    await openSettings(page, 'sound')
    await page.locator('.try button').click()
    await page.locator('[role=meter]').scrollIntoViewIfNeeded()
  },
  'settings-sound-call': async (page) => {
    await page.locator('.stage .corner').click()
    await openSettings(page, 'sound')
    await page.locator('[role=meter]').last().scrollIntoViewIfNeeded()
  },
  check: (page) => openSettings(page, 'check'),
  'check-speaking': async (page) => {
    await beginCheck(page)
    await page.locator('[role=meter]').waitFor()
  },
  'check-asking': async (page) => {
    await beginCheck(page)
    await page.locator('li.running button').first().waitFor()
  },
  'check-found': async (page) => {
    await beginCheck(page)
    await page.locator('.summary').waitFor()
  },
  'sign-out': async (page) => {
    await page.locator('nav button').nth(2).click()
    await page.locator('.settings .account button').last().click()
  },
  'sign-in': async (page) => {
    await page.locator('button[type=submit]').click()
  },
  toast: async (page) => {
    await page.locator('[data-row] button').nth(2).click()
    await page.locator('.toast').waitFor()
  },
  'sound-details': (page) => page.locator('.stage .top [popovertarget]').click(),
  'sound-graphs': async (page) => {
    await page.locator('.stage .top [popovertarget]').click()
    await page.locator('.stage .top .more').click()
    await page.locator('.stage .top svg').first().waitFor()
  },
  ended: (page) => page.locator('.rate').waitFor(),
  'ended-rate': async (page) => {
    await page.locator('.rate > button').nth(1).click()
    await page.locator('.rate .reasons').waitFor()
  },
  devices: (page) => openMore(page),
  more: (page) => openMore(page),
  keypad: async (page) => {
    await page.locator('.controls button').nth(2).click()
    for (const key of ['1', '8', '#']) await page.keyboard.press(key)
  },
  'transfer-dialog': async (page) => {
    await openTransfer(page, 'a')
    await page.locator('dialog[open] input[type=radio]').nth(1).check()
  },
  'transfer-other-keys': (page) => openTransfer(page, 'شقشسا'),
  'move-offered': async (page) => {
    await openMore(page)
    await page.locator('.stage .menu button').last().click()
  },
  'do-not-disturb': (page) => page.locator('main header [popovertarget]').click(),
  'settings-calls': async (page) => {
    await openSettings(page, 'calls')
    await page.locator('.settings .page section').last().scrollIntoViewIfNeeded()
  },
  'contact-blocked': (page) => page.locator('[data-row] button').first().click(),
  'small-call': (page) => page.locator('.stage .corner').click()
}
