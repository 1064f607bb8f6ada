// فارسی: فهرست سینی سیستم، اعلان‌ها، عنوان پنجره‌ها و گفتگوهای سیستم.
import type { shellEn } from '../en/shell.ts'
import { plural } from './plural.ts'

export const shellFa: typeof shellEn = {
  appName: 'تماس',
  answer: 'پاسخ',
  backToCall: 'بازگشت به تماس',
  decline: 'رد کردن',
  hangUp: 'قطع تماس',
  mute: 'بی‌صدا',
  unmute: 'روشن کردن',
  hold: 'نگه داشتن',
  resume: 'ادامه',
  swap: 'رفتن به این تماس',
  holdAndAnswer: 'نگه داشتن و پاسخ',
  endAndAnswer: 'قطع و پاسخ',
  continueHere: 'ادامه در اینجا',
  joinCall: 'پیوستن',
  noThanks: 'نه، ممنون',
  doNotDisturb: 'مزاحم نشوید',
  callBack: 'تماس گرفتن',
  open: 'باز کردن برنامه',
  signIn: 'ورود…',
  quit: 'خروج',
  favourites: 'برگزیده‌ها',
  recents: 'تماس‌های اخیر',
  contacts: 'مخاطبان',
  person: (name, number) => (name === '' ? number : `${name} (${number})`),
  ofPerson: (what, name) => `${what}: ${name}`,
  callLine: (person, status) => `${person}: ${status}`,
  missedCount: (_count, written) => `${written} تماس از دست رفته`,
  missedCall: 'تماس از دست رفته',
  lastMissedFrom: (person) => `آخرین تماس از ${person}`,
  online: 'متصل',
  offline: 'بدون اتصال',
  signedOut: 'وارد نشده‌اید',
  tooltip: (status) => `تماس: ${status}`,
  listSeparator: '، ',
  waitingCall: 'یک تماس دیگر',
  movingCall: 'تماس را اینجا ادامه می‌دهید؟',
  onHold: 'در انتظار',
  heldByPeer: 'شما را در انتظار گذاشته است',
  readyToJoin: 'در انتظار پیوستن شما',
  closing: {
    title: 'برنامه همچنان باز است',
    hidden:
      'تماس‌ها همچنان به شما می‌رسند. با نماد برنامه در سینی سیستم می‌توانید پنجره را بازگردانید یا از برنامه خارج شوید.',
    minimized: 'این میزکار سینی ندارد؛ برای همین پنجره کمینه شد. تماس‌ها همچنان به شما می‌رسند.'
  },
  ringWindowTitle: 'تماس ورودی',
  miniWindowTitle: 'تماس',
  quitting: {
    inCall: (person) => `در حال تماس با ${person} هستید.`,
    inCalls: (_count, written) => `در ${written} تماس هستید.`,
    ends: (count) =>
      plural(count, { one: 'اگر خارج شوید، تماس قطع می‌شود.', other: 'اگر خارج شوید، همهٔ تماس‌ها قطع می‌شود.' }),
    quit: 'خروج',
    stay: 'ماندن در تماس'
  },
  saveFile: {
    title: 'ذخیره با نام',
    vcard: 'مخاطبان (vCard)',
    csv: 'جدول (CSV)',
    json: 'JSON',
    log: 'گزارش‌ها',
    all: 'همهٔ پرونده‌ها'
  },
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
    close: 'بستن',
    help: 'راهنما',
    shortcuts: 'میان‌برهای صفحه‌کلید'
  }
}
