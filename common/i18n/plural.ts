// Forms of words for counts, by the language's own rules (CLDR). A sentence names each form that its language tells apart.

/** Makes the chooser of a language; `categories` are the forms that its whole numbers have, `other` always among them. */
export const createPlural = <Category extends Intl.LDMLPluralRule>(
  tag: string,
  categories: readonly Category[]
): ((count: number, forms: Readonly<Record<Category | 'other', string>>) => string) => {
  let rules: Intl.PluralRules | undefined
  const isOwn = (category: Intl.LDMLPluralRule): category is Category =>
    categories.some((candidate) => candidate === category)
  return (count, forms) => {
    rules ??= new Intl.PluralRules(tag)
    const category = rules.select(count)
    return isOwn(category) ? forms[category] : forms.other
  }
}
