// فارسی: کیفیت کل یک گفتگو، عددهای آن هنگام گفتگو، و نظر شخص پس از آن.
import type { talksEn } from '../en/talks.ts'

export const talksFa: typeof talksEn = {
  past: {
    title: 'کیفیت صدا',
    mine: 'برای شما',
    theirs: 'برای طرف مقابل',
    poorFor: (length) => `${length} بد`,
    fairFor: (length) => `${length} متوسط`,
    because: (what, cause) => `${what}: ${cause}.`,
    mineCauses: {
      lossIn: {
        mine: (percent) => `در شبکهٔ شما ${percent} از صدای طرف مقابل از دست رفت`,
        theirs: (percent) => `در شبکهٔ طرف مقابل ${percent} از صدایش از دست رفت`,
        unknown: (percent) => `${percent} از صدای طرف مقابل در راه از دست رفت`
      },
      lossOut: {
        mine: (percent) => `در شبکهٔ شما ${percent} از صدایتان از دست رفت`,
        theirs: (percent) => `در شبکهٔ طرف مقابل ${percent} از صدای شما از دست رفت`,
        unknown: (percent) => `${percent} از صدای شما در راه از دست رفت`
      },
      delay: (time) => `صدا دست‌کم ${time} دیرتر می‌رسید`
    },
    theirsCauses: {
      lossIn: {
        mine: (percent) => `در شبکهٔ طرف مقابل ${percent} از صدای شما از دست رفت`,
        theirs: (percent) => `در شبکهٔ شما ${percent} از صدایتان از دست رفت`,
        unknown: (percent) => `${percent} از صدای شما در راه از دست رفت`
      },
      lossOut: {
        mine: (percent) => `در شبکهٔ طرف مقابل ${percent} از صدایش از دست رفت`,
        theirs: (percent) => `در شبکهٔ شما ${percent} از صدای طرف مقابل از دست رفت`,
        unknown: (percent) => `${percent} از صدای طرف مقابل در راه از دست رفت`
      },
      delay: (time) => `صدا دست‌کم ${time} دیرتر می‌رسید`
    },
    graph: (mean, lowest, best) => `نمرهٔ صدا در طول تماس: میانگین ${mean} از ${best}، کمترین ${lowest}`
  },

  panel: {
    show: 'نمایش جزئیات',
    hide: 'بستن جزئیات',
    title: 'دو دقیقهٔ گذشته',
    graphs: {
      mos: 'نمره (MOS)',
      lossIn: 'افت در مسیر رسیدن به شما',
      lossOut: 'افت در مسیر رسیدن به او',
      roundTrip: 'رفت‌وبرگشت تا سرور',
      jitter: 'نوسان تأخیر',
      levelIn: 'بلندی صدای او',
      levelOut: 'بلندی صدای شما'
    },
    range: (name, now, least, most) => `${name}: اکنون ${now}، در دو دقیقهٔ گذشته از ${least} تا ${most}`,
    facts: {
      codec: 'کدک',
      bitsIn: 'نرخ بیت تا شما',
      bitsOut: 'نرخ بیت تا او',
      transport: 'مسیر صدا',
      direct: (protocol) => `${protocol}، مستقیم تا سرور`,
      relayed: (protocol) => `${protocol}، از راه رله`
    },
    kilobits: (count) => `${count} کیلوبیت بر ثانیه`,
    decibels: (count) => `${count} دسی‌بل`,
    unknown: '–'
  },

  rating: {
    label: 'نظر دربارهٔ تماس',
    ask: (name) => `صدای تماس با ${name} چطور بود؟`,
    good: 'خوب',
    bad: 'بد',
    why: 'چه مشکلی داشت؟',
    reasons: {
      not_heard: 'صدای من نمی‌رسید',
      could_not_hear: 'صدای او نمی‌رسید',
      broken_up: 'صدا قطع و وصل می‌شد',
      delay: 'صدا دیر می‌رسید',
      echo: 'پژواک داشت',
      noise: 'نویز داشت'
    },
    thanks: 'سپاس از شما.',
    setting: 'پس از تماس، کیفیت صدا پرسیده شود',
    settingHint: 'پاسخ شما همراه تماس برای مسئول سرور نگه داشته می‌شود. با یک کلیک پاسخ دهید یا نادیده بگیرید.'
  }
}
