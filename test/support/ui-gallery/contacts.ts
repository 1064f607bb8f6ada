// Made-up contacts for the gallery: a person's own ones, and a directory of ten thousand.
import type { Contact, DirectoryEntry } from '../../../common/types.ts'

const own = (id: string, name: string, changed: Partial<Contact> = {}): Contact => ({
  id,
  name,
  company: '',
  numbers: [{ label: 'mobile', value: `0912 555 01${id}` }],
  emails: [],
  note: '',
  ...changed
})

/** Of both scripts, with and without company; one is somebody of the directory. */
export const ownContacts: readonly Contact[] = [
  own('10', 'Mina Kashani', {
    company: 'Kashi Yazd Tiles',
    numbers: [
      { label: 'mobile', value: '+98 912 555 0110' },
      { label: 'work', value: '021 7766 5544' },
      { label: 'home', value: '021 2233 4455' }
    ],
    emails: ['mina.kashani@kashi.example'],
    note: 'Tiles for the east dome.\nNot before ten in the morning.'
  }),
  own('11', 'مهدی اخوان', { company: 'شرکت آب و خاک' }),
  own('12', 'Big brother', { numbers: [{ label: 'work', value: '103' }] }),
  own('13', 'Oliver Nakamura', { company: 'Nakamura & Sons, Makers of Exceptionally Fine Bells', numbers: [] })
]

const withOwn = /^contacts-(own|menu|import)|^contact-(own|joined|remove|edit|wrong|discard|clash|not-saved)/

/** The own contacts of a state. */
export const ownContactsOf = (state: string): readonly Contact[] => (withOwn.test(state) ? ownContacts : [])

const given = 'Sara Kian Niloufar Arash Parisa Michael Dariush Leyla Omid Zahra Anna Ben Clara Emil Farid Golnaz'.split(
  ' '
)
const givenFa = 'سارا کیان نیلوفر آرش پریسا میکائیل داریوش لیلا امید زهرا آنا بن کلارا امیل فرید گلناز'.split(' ')
const family = 'Ahmadi Moradi Rahimi Kamali Yazdani Brandt Ghaffari Tehrani Hosseini Karimi Nouri Sadeghi Weber'.split(
  ' '
)
const familyFa = 'احمدی مرادی رحیمی کمالی یزدانی برانت غفاری تهرانی حسینی کریمی نوری صادقی وبر'.split(' ')

/** As many as a large organisation has; the same each time. */
export const manyPeople = (count: number): readonly DirectoryEntry[] =>
  Array.from({ length: count }, (_, index) => {
    const [first, last] = [index % given.length, Math.floor(index / given.length) % family.length]
    const number = String(20_000 + index)
    return {
      userId: `user-${number}`,
      username: number,
      names: {
        en: `${given[first] ?? ''} ${family[last] ?? ''}`,
        fa: `${givenFa[first] ?? ''} ${familyFa[last] ?? ''}`
      },
      kind: 'person'
    }
  })
