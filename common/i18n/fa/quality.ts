// فارسی: صدای گفتگو چه کیفیتی دارد و چه چیزی به آن آسیب می‌زند.
import type { qualityEn } from '../en/quality.ts'

export const qualityFa: typeof qualityEn = {
  label: 'کیفیت صدا',
  levels: { good: 'خوب', fair: 'متوسط', poor: 'ضعیف' },
  button: (level) => `کیفیت صدا: ${level}`,
  lossIn: {
    mine: (percent) => `در شبکهٔ شما ${percent} از صدای طرف مقابل از دست می‌رود.`,
    theirs: (percent) => `در شبکهٔ طرف مقابل ${percent} از صدایش از دست می‌رود.`,
    unknown: (percent) => `${percent} از صدای طرف مقابل در راه از دست می‌رود.`
  },
  lossOut: {
    mine: (percent) => `در شبکهٔ شما ${percent} از صدایتان از دست می‌رود.`,
    theirs: (percent) => `در شبکهٔ طرف مقابل ${percent} از صدای شما از دست می‌رود.`,
    unknown: (percent) => `${percent} از صدای شما در راه از دست می‌رود.`
  },
  delay: (time) => `تأخیر زیاد است: صدا دست‌کم ${time} دیرتر می‌رسد.`,
  recovering: 'صدا دارد بهتر می‌شود.',
  turnedPoor: 'کیفیت صدا ضعیف شد.',
  unheard: (name) => `از ${name} صدایی نمی‌آید. آیا میکروفونش روشن است؟`,

  details: {
    opinion: 'نمرهٔ تخمینی (MOS)',
    markOf: (mark, best) => `${mark} از ${best}`,
    lossIn: 'افت در مسیر رسیدن به شما',
    gaps: 'بخش‌های بازسازی‌شده',
    lossOut: 'افت در مسیر رسیدن به او',
    delay: 'تأخیر، دست‌کم',
    buffer: 'سهم انتظار برای صدای دیررس',
    roundTrip: 'رفت‌وبرگشت تا سرور',
    note: 'اندازه‌گیری ده ثانیهٔ گذشته.'
  }
}
