// The sections of the main window, and the pages of its settings.
export type Section = 'contacts' | 'recents' | 'settings'
export type SettingsPage = 'general' | 'calls' | 'sound' | 'shortcuts' | 'display' | 'check' | 'data' | 'about'
