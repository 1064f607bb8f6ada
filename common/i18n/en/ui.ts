// English: everything the windows show.

export const uiEn = {
  signIn: 'Sign in'
}
