// How large the windows beside the main one are with words of the usual size. Main makes them larger for larger words, as far
// as the screen has room, and their pages draw everything as large as their window is.
export type Size = { readonly width: number; readonly height: number }

export const ringSize: Size = { width: 360, height: 148 }
export const miniSize: Size = { width: 340, height: 76 }
