// The names of the ringtones one can choose. How they sound is in renderer/media.

export const ringtones = ['bells', 'santur', 'marimba', 'telephone', 'silent'] as const
export type Ringtone = (typeof ringtones)[number]
