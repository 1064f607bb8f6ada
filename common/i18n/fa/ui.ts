// فارسی: هر آنچه پنجره‌ها نشان می‌دهند.
import type { uiEn } from '../en/ui.ts'

export const uiFa: typeof uiEn = {
  signIn: 'ورود'
}
