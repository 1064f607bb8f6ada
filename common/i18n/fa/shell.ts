// فارسی: فهرست سینی سیستم، اعلان‌ها، عنوان پنجره‌ها و گفتگوهای سیستم.
import type { shellEn } from '../en/shell.ts'

// Persian digits, as in the rest of a Persian sentence; phone numbers stay as they are dialled.
const count = new Intl.NumberFormat('fa', { useGrouping: false })

export const shellFa: typeof shellEn = {
  appName: 'تماس',
  answer: 'پاسخ',
  backToCall: 'بازگشت به تماس',
  decline: 'رد کردن',
  hangUp: 'قطع تماس',
  mute: 'بی‌صدا',
  unmute: 'باصدا',
  callBack: 'تماس دوباره',
  open: 'باز کردن برنامه',
  signIn: 'ورود…',
  quit: 'خروج',
  favourites: 'برگزیده‌ها',
  recents: 'تماس‌های اخیر',
  contacts: 'مخاطبان',
  person: (name, number) => (name === '' ? number : `${name} (${number})`),
  callLine: (person, status) => `${person}: ${status}`,
  missedCount: (missed) => `${count.format(missed)} تماس از دست رفته`,
  missedCall: 'تماس از دست رفته',
  lastMissedFrom: (person) => `آخرین تماس از ${person}`,
  online: 'برخط',
  offline: 'بدون ارتباط',
  signedOut: 'وارد نشده‌اید',
  tooltip: (status) => `تماس: ${status}`,
  ringWindowTitle: 'تماس ورودی',
  menu: {
    about: 'دربارهٔ تماس',
    hide: 'پنهان کردن تماس',
    hideOthers: 'پنهان کردن بقیه',
    showAll: 'نمایش همه',
    edit: 'ویرایش',
    undo: 'واگرد',
    redo: 'ازنو',
    cut: 'برش',
    copy: 'رونوشت',
    paste: 'چسباندن',
    selectAll: 'انتخاب همه',
    window: 'پنجره',
    minimize: 'کمینه کردن',
    close: 'بستن'
  }
}
