// How large the words of the main window may be, times what the system has them.
export const textSizes = [1, 1.25, 1.5, 2] as const
