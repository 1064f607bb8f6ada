// فارسی: پس از عدد، نام همیشه مفرد است؛ تنها جمله‌هایی دو صورت دارند که خود شمار در آنها نیامده است.
import { createPlural } from '../plural.ts'

export const plural = createPlural('fa', ['one', 'other'])
