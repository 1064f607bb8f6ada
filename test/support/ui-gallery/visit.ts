// How a browser gets to a state of the gallery, and what is wrong with the page there. Knows no browser and no test.
import { miniSize, ringSize, type Size } from '../../../common/small-windows.ts'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright'
import type { StateName } from './states.ts'

/** The sizes that the window is looked at in: as it opens, as small as it gets, list and call side by side. */
export const sizes = {
  compact: { width: 400, height: 680 },
  smallest: { width: 360, height: 560 },
  wide: { width: 1000, height: 680 }
}

/** How a state is looked at. */
export type Look = {
  readonly size: keyof typeof sizes
  readonly locale: 'en' | 'fa'
  readonly theme: 'light' | 'dark'
  /** Times the usual size of words. */
  readonly text?: number
}

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
const openMore = (page: Page) => page.locator('.controls [popovertarget]').click()

const openRecents = (page: Page) => page.locator('nav button').nth(1).click()

/** What a hand does to get to a state that no snapshot alone shows. */
const steps: Partial<Record<StateName, (page: Page) => Promise<void>>> = {
  'contacts-name': (page) => page.locator('input[type=text]').fill('آرش ك'),
  'contacts-number': (page) => page.locator('input[type=text]').fill('+98 (21) 88-77'),
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
    await openMore(page)
    await page.locator('.stage .menu button').first().click()
    await page.locator('dialog[open] .query').fill('a')
    await page.locator('dialog[open] input[type=radio]').nth(1).check()
  },
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

const isMini = (name: StateName): boolean => name.startsWith('mini')
const isRing = (name: StateName): boolean => name === 'ring' || name.startsWith('ring-')

/** The room of a state in a look: the ring window and the mini window have one size each, by the size of words. */
export const sizeOf = (name: StateName, { size, text = 1 }: Look): Size => {
  if (!isMini(name) && !isRing(name)) return sizes[size]
  const { width, height } = isMini(name) ? miniSize : ringSize
  return { width: Math.round(width * text), height: Math.round(height * text) }
}

/** Opens a state in a window that has its size already. */
export const visit = async (
  page: Page,
  origin: string,
  name: StateName,
  { locale, theme, text = 1 }: Look
): Promise<void> => {
  // Time stands still there: on an afternoon of the browser's time zone.
  await page.goto(`${origin}/?state=${name}&locale=${locale}&theme=${theme}&text=${text}&at=2026-11-20T14:36:00`)
  await page.locator('html[data-ready]').waitFor()
  await steps[name]?.(page)
}

/** What can be seen to be wrong by measuring: runs in the page. */
const measured = (leastTarget: number): readonly string[] => {
  const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
  // What one does in a menu is done while one talks; what one only reads may lie over it.
  const [menu, timer] = [box('[popover]:popover-open:has(select)'), box('.stage .timer')]
  const isTimerCut = menu !== undefined && timer !== undefined && timer.bottom > menu.top && timer.top < menu.bottom
  const isStageCut = [...document.querySelectorAll('.stage, .stage .who')].some(
    ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1
  )
  const small = [...document.querySelectorAll('button, select, input, a')].flatMap((element) => {
    // A label is as good a target as the box it belongs to.
    const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
    const isShown = element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && width > 1
    return isShown && (width < leastTarget || height < leastTarget)
      ? [`${Math.round(width)} by ${Math.round(height)} pixels to click: ${element.outerHTML.slice(0, 160)}`]
      : []
  })
  // Where a line begins for whoever reads from the right, one that is written begins too.
  const astray = [...document.querySelectorAll<HTMLElement>('input:not([type=radio], [type=range]), textarea')].flatMap(
    (field) => {
      const { textAlign, direction } = getComputedStyle(field)
      const isRight = textAlign === 'right' || (textAlign === 'start' && direction === 'rtl')
      const isWanted = document.documentElement.dir === 'rtl' && field.checkVisibility()
      return isWanted && !isRight ? [`written from the left: ${field.outerHTML.slice(0, 160)}`] : []
    }
  )
  return [
    ...astray,
    ...(document.documentElement.scrollWidth > window.innerWidth ? ['wider than its window'] : []),
    ...(isTimerCut ? ['the time of the call is behind a menu'] : []),
    ...(isStageCut ? ['the call does not fit its window'] : []),
    ...small
  ]
}

/** Everything that is wrong with the page as it is now. */
export const faultsOf = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  const refused = await page.locator('html').getAttribute('data-refused')
  return [
    ...violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html}\n    ${node.failureSummary ?? ''}`)
    ),
    ...(refused === null ? [] : [`refused by the policy: ${refused}`]),
    ...(await page.evaluate(measured, 32))
  ]
}
