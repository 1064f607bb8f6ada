// فارسی: تماس‌های گذشته، فهرستشان، شرح کامل یکی از آنها و کارهایی که می‌توان با آنها کرد.
import type { recentsEn } from '../en/recents.ts'

export const recentsFa: typeof recentsEn = {
  label: 'تماس‌های اخیر',
  filterLabel: 'کدام تماس‌ها',
  filters: { all: 'همه', missed: 'از دست رفته', incoming: 'ورودی', outgoing: 'خروجی' },
  search: 'جستجوی تماس‌ها',
  found: (_count, written) => `${written} تماس پیدا شد`,
  foundMore: (written) => `بیش از ${written} تماس پیدا شد`,
  none: {
    all: 'هنوز تماسی نبوده است',
    missed: 'تماس از دست رفته ندارید',
    incoming: 'تماس ورودی ندارید',
    outgoing: 'تماس خروجی ندارید'
  },
  nothingFound: 'چنین تماسی پیدا نشد',
  nothingFoundText: 'بخشی از نام یا شماره را بنویسید.',
  loading: 'در حال دریافت تماس‌ها…',
  failed: 'تماس‌ها دریافت نشد.',
  again: 'تلاش دوباره',
  kept: 'بدون اتصال: تماس‌هایی که روی این رایانه نگه داشته شده‌اند.',
  times: (_count, written) => `${written} تماس`,
  row: (name, how, when) => `${name}، ${how}، ${when}`,
  tools: 'کارهای این فهرست',
  saveCsv: 'ذخیره به شکل جدول (CSV)',
  saveJson: 'ذخیره به شکل JSON',
  clear: 'پاک کردن همهٔ تماس‌ها…',
  clearTitle: 'همهٔ تماس‌ها پاک شوند؟',
  clearText: 'از فهرست شما در همهٔ دستگاه‌هایتان پاک می‌شوند. فهرست طرف‌های تماس تغییری نمی‌کند.',
  clearYes: 'پاک کردن همه',
  remove: (name) => `برداشتن تماس با ${name} از فهرست`,
  removed: (count, written) => (count === 1 ? 'تماس برداشته شد.' : `${written} تماس برداشته شد.`),
  undo: 'برگرداندن',
  details: {
    title: 'تماس',
    callBack: 'تماس دوباره',
    callAgain: 'تماس دوباره',
    showPerson: () => 'دیدن مخاطب',
    remove: 'برداشتن',
    time: 'زمان',
    talk: 'مدت گفتگو',
    noTalk: 'بدون گفتگو',
    device: 'دستگاه',
    outcome: 'نتیجه',
    how: 'روند تماس',
    away: 'روند تماس هنگامی نشان داده می‌شود که سرور در دسترس باشد.'
  },
  timeline: {
    started: { nobody: 'تماس آغاز شد', me: 'تماس آغاز شد', them: 'تماس آغاز شد' },
    ringing: { nobody: 'زنگ خورد', me: 'زنگ خورد', them: 'زنگ خورد' },
    answered: { nobody: 'پاسخ داده شد', me: 'پاسخ دادید', them: 'پاسخ داد' },
    connected: { nobody: 'صدا برقرار شد', me: 'صدا برقرار شد', them: 'صدا برقرار شد' },
    held: { nobody: 'در انتظار گذاشته شد', me: 'تماس را در انتظار گذاشتید', them: 'تماس را در انتظار گذاشت' },
    resumed: { nobody: 'از انتظار درآمد', me: 'تماس را ادامه دادید', them: 'تماس را ادامه داد' },
    lost: { nobody: 'صدا مدتی قطع شد', me: 'صدا مدتی قطع شد', them: 'صدا مدتی قطع شد' },
    transfer: {
      nobody: 'تماس منتقل شد',
      me: 'او را به کس دیگری وصل کردید',
      them: 'شما را به کس دیگری وصل کرد'
    },
    conference: {
      nobody: 'گفتگو گروهی شد',
      me: 'گفتگو را گروهی کردید',
      them: 'گفتگو را گروهی کرد'
    },
    moved: {
      nobody: 'تماس به دستگاه دیگری رفت',
      me: 'تماس را به دستگاه دیگری بردید',
      them: 'تماس را به دستگاه دیگری برد'
    },
    ended: { nobody: 'تماس پایان یافت', me: 'تماس پایان یافت', them: 'تماس پایان یافت' }
  },
  file: {
    saved: 'تماس‌ها ذخیره شدند.',
    columns: {
      time: 'زمان (UTC)',
      direction: 'جهت',
      name: 'نام',
      number: 'شماره',
      outcome: 'نتیجه',
      seconds: 'مدت گفتگو (ثانیه)'
    }
  }
}
