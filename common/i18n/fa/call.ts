// فارسی: حالت‌های تماس، سرانجام‌ها و آنچه به صفحه‌خوان‌ها گفته می‌شود.
import type { callEn } from '../en/call.ts'

export const callFa: typeof callEn = {
  status: {
    new: 'در حال شروع…',
    trying: 'در حال تماس…',
    ringing: 'در حال زنگ خوردن…',
    accepted: 'در حال برقراری تماس…',
    conversation: 'در حال گفتگو',
    paused: 'در حال اتصال دوباره…',
    finished: 'تماس پایان یافت',
    flushed: 'تماس پایان یافت'
  },
  outcome: {
    ended: 'تماس پایان یافت',
    you_hung_up: 'شما قطع کردید',
    they_hung_up: 'طرف مقابل قطع کرد',
    you_cancelled: 'تماس را لغو کردید',
    missed: 'تماس از دست رفته',
    no_answer: 'پاسخی داده نشد',
    unreachable: 'در دسترس نبود',
    busy: 'مشغول بود',
    missed_while_busy: 'وقتی مشغول بودید زنگ زد',
    declined: 'تماس را رد کرد',
    you_declined: 'تماس را رد کردید',
    answered_elsewhere: 'در دستگاه دیگری پاسخ داده شد',
    declined_elsewhere: 'در دستگاه دیگری رد شد',
    crossed: 'هم‌زمان به هم زنگ زدید؛ تماس او ادامه می‌یابد',
    transferred: 'منتقل شد',
    merged: 'به گفتگوی گروهی پیوست',
    connection_lost: 'ارتباط با سرور قطع شد',
    media_lost: 'ارتباط صوتی قطع شد',
    time_up: 'زمان مجاز تماس تمام شد',
    ended_by_operator: 'اپراتور تماس را پایان داد',
    nobody_joined: 'کسی به تماس نپیوست',
    unknown: 'تماس به دلیلی نامعلوم پایان یافت'
  },
  incoming: 'تماس ورودی',
  announceIncoming: (name) => `تماس ورودی از ${name}`,
  announceConversation: (name) => `در حال گفتگو با ${name}`,
  announcePaused: 'ارتباط لحظه‌ای قطع شد. در حال اتصال دوباره.',
  announceEnded: (how) => `تماس پایان یافت. ${how}.`
}
