// The sections of the main window.
export type Section = 'contacts' | 'recents' | 'settings'
